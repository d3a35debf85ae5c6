namespace Tidemark.Formats;

/// <summary>Letters with accents, for formats that write both apart. The platform composes none where it works without tables of cultures.</summary>
internal static class LatinAccents
{
    /// <summary>The letter with the accent as one character; where there is none, both.</summary>
    /// <param name="mark">As a combining character.</param>
    public static string Compose(char letter, char mark)
    {
        var pairs = PairsOf(mark);
        for (var i = 0; i + 1 < pairs.Length; i += 2)
        {
            if (pairs[i] == letter)
            {
                return pairs[i + 1].ToString();
            }
        }

        return $"{letter}{mark}";
    }

    /// <summary>Each letter that takes the mark, and what comes of it.</summary>
    private static string PairsOf(char mark) => mark switch
    {
        '\u0300' => "AÀEÈIÌNǸOÒUÙWẀYỲaàeèiìnǹoòuùwẁyỳ",
        '\u0301' => "AÁCĆEÉGǴIÍKḰLĹMḾNŃOÓPṔRŔSŚUÚWẂYÝZŹaácćeégǵiíkḱlĺmḿnńoópṕrŕsśuúwẃyýzź",
        '\u0302' => "AÂCĈEÊGĜHĤIÎJĴOÔSŜUÛWŴYŶZẐaâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷzẑ",
        '\u0308' => "AÄEËHḦIÏOÖUÜWẄXẌYŸaäeëhḧiïoötẗuüwẅxẍyÿ",
        '\u0303' => "AÃEẼIĨNÑOÕUŨVṼYỸaãeẽiĩnñoõuũvṽyỹ",
        '\u0304' => "AĀEĒGḠIĪOŌUŪYȲaāeēgḡiīoōuūyȳ",
        '\u0307' => "AȦBḂCĊDḊEĖFḞGĠHḢIİMṀNṄOȮPṖRṘSṠTṪWẆXẊYẎZŻaȧbḃcċdḋeėfḟgġhḣmṁnṅoȯpṗrṙsṡtṫwẇxẋyẏzż",
        '\u0327' => "CÇDḐEȨGĢHḨKĶLĻNŅRŖSŞTŢcçdḑeȩgģhḩkķlļnņrŗsştţ",
        '\u030C' => "AǍCČDĎEĚGǦHȞIǏKǨLĽNŇOǑRŘSŠTŤUǓZŽaǎcčdďeěgǧhȟiǐjǰkǩlľnňoǒrřsštťuǔzž",
        '\u0306' => "AĂEĔGĞIĬOŎUŬaăeĕgğiĭoŏuŭ",
        '\u030B' => "OŐUŰoőuű",
        '\u0328' => "AĄEĘIĮOǪUŲaąeęiįoǫuų",
        '\u030A' => "AÅUŮaåuůwẘyẙ",
        '\u0323' => "AẠBḄDḌEẸHḤIỊKḲLḶMṂNṆOỌRṚSṢTṬUỤVṾWẈYỴZẒaạbḅdḍeẹhḥiịkḳlḷmṃnṇoọrṛsṣtṭuụvṿwẉyỵzẓ",
        _ => "",
    };
}
