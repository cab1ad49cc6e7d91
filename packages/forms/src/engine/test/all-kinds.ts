/** A form with one of each thing that the wrapper has to look after, written by hand so that no compiler stands between. */
export const allKinds = `<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms">
<h:head><h:title>All kinds</h:title><model>
<itext>
<translation lang="English (en)" default="true()">
<text id="name:label"><value>Your **name**, <output value=" /data/age "/></value></text>
<text id="name:hint"><value>As on your badge</value><value form="guidance">Leave out *titles* of <output value=" /data/age "/></value></text>
<text id="age:hint"><value form='guidance'>In whole years</value></text>
</translation>
<translation lang="Cymraeg (cy)">
<text id="name:label"><value>Eich **enw**</value></text><text id="name:hint"><value>Fel ar eich bathodyn</value><value form="guidance">Heb deitlau</value></text>
<text id="age:hint"><value form='guidance'>Mewn blynyddoedd</value></text>
</translation>
</itext>
<instance><data id="all-kinds" version="3"><name/><age/><colour/><photo/><double/><child jr:template=""><weight/></child><child><weight/></child><meta><instanceID/></meta></data></instance>
<instance id="colours"><root><item><name>red</name><label>Red</label></item><item><name>blue</name><label>Blue</label></item></root></instance>
<bind nodeset="/data/name" type="string" required="true()" jr:requiredMsg="Enter your name"/>
<bind nodeset="/data/age" type="int" constraint=". &lt; 120"/>
<bind nodeset="/data/colour" type="string" required="true()" relevant="/data/age &gt; 3"/>
<bind nodeset="/data/photo" type="binary"/>
<bind nodeset="/data/double" type="int" calculate="/data/age * 2"/>
<bind nodeset="/data/child/weight" type="decimal"/>
<bind jr:preload="uid" nodeset="/data/meta/instanceID" readonly="true()" type="string"/>
</model></h:head>
<h:body>
<input ref="/data/name"><label ref="jr:itext('name:label')"/><hint ref="jr:itext('name:hint')"/></input>
<input ref="/data/age"><label>Age</label><hint ref="jr:itext('age:hint')"/></input>
<select1 ref="/data/colour"><label>Colour</label><itemset nodeset="instance('colours')/root/item"><value ref="name"/><label ref="label"/></itemset></select1>
<upload ref="/data/photo" mediatype="image/*"><label>Photo</label></upload>
<input ref="/data/double"><label>Double</label></input>
<group ref="/data/child"><label>Child</label><repeat nodeset="/data/child"><input ref="/data/child/weight"><label>Weight</label></input></repeat></group>
</h:body></h:html>`
