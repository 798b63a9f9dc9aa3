"""What `productbuild` and `pkgbuild` write into a package for the macOS Installer."""

DISTRIBUTION = b"""<?xml version="1.0" encoding="utf-8"?>
<installer-gui-script minSpecVersion="2">
    <title>Acme Notes Suite</title>
    <product id="com.acme.suite" version="5.0"/>
    <options customize="never" hostArchitectures="arm64,x86_64,m68k"/>
    <volume-check><allowed-os-versions>
        <os-version min="11.0"/><os-version min="10.15.4" before="10.16"/>
    </allowed-os-versions></volume-check>
    <pkg-ref id="com.acme.notes.pkg" version="1.2.9">#notes.pkg</pkg-ref>
</installer-gui-script>"""

PACKAGE_INFO = b"""<?xml version="1.0" encoding="utf-8"?>
<pkg-info format-version="2" identifier="com.acme.notes.pkg" version="1.2.9" install-location="/Applications">
    <payload numberOfFiles="9" installKBytes="20"/>
    <bundle path="./Acme Notes.app" id="com.acme.notes" CFBundleShortVersionString="1.3.0" CFBundleVersion="130"/>
    <bundle path="./Acme Notes.app/Contents/Helpers/Updater.app" id="com.acme.updater" CFBundleVersion="7"/>
    <bundle path="./Acme Notes.app/Contents/Frameworks/Sparkle.framework" id="org.sparkle" CFBundleVersion="2"/>
    <bundle-version><bundle id="com.acme.notes"/></bundle-version>
</pkg-info>"""
