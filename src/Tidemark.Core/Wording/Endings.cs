namespace Tidemark.Wording;

/// <summary>
/// The endings that are taken off words, by language: those of number, case and gender, of English verbs also <c>-ed</c> and <c>-ing</c>. Light stemming
/// in the sense of Savoy (2006, "Light stemming approaches for the French, Portuguese, German and Hungarian languages"): what is longer
/// derives other words. The letters are those of folded words, without accents.
/// </summary>
/// <remarks>
/// One line is one step; of its endings the longest that a word has is put in the place of what follows the colon, if enough letters remain. An ending
/// that is put in its own place is kept.
/// </remarks>
internal static class Endings
{
    private const string North = "s:|ens:|ers:|ets:";

    public static readonly IReadOnlyDictionary<string, string> ByLanguage = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["danish"] = $"""
            {North}|erne:|ene:|erens:|eren:|er:|en:|et:|e:
            """,
        ["english"] = """
            ies:y|sses:ss|uses:us|ches:ch|shes:sh|xes:x|ss:ss|us:us|is:is|s:
            ying:y|ied:y|eed:eed|mbed:mbed|ing:|ed:
            bb:b|dd:d|gg:g|mm:m|nn:n|pp:p|rr:r|tt:t
            e:|y:i
            """,
        ["french"] = """
            eaux:eau|aux:al|s:|x:
            ee:|er:|ez:|e:
            """,
        ["german"] = """
            bs:b|ds:d|fs:f|gs:g|hs:h|ks:k|ls:l|ms:m|ns:n|rs:r|ts:t
            ern:|em:|en:|er:|es:|e:|n:
            """,
        ["italian"] = """
            chi:c|che:c|ghi:g|ghe:g|ie:|ii:|ia:|io:|a:|e:|i:|o:
            """,
        ["norwegian"] = $"""
            {North}|ene:|er:|en:|et:|a:|e:
            """,
        ["portuguese"] = """
            oes:ao|aes:ao|ais:al|eis:el|ois:ol|res:r|zes:z|ns:m|ss:ss|s:
            a:|e:|o:
            """,
        ["russian"] = """
            иями:|ями:|ами:|ого:|его:|ому:|ему:|ыми:|ими:|иях:|иям:|ием:|ях:|ах:|иев:|ев:|ов:|ем:|ом:|ям:|ам:|ии:|ия:|ие:|ию:|ью:|ая:|яя:|ое:|ее:|ые:|ыи:|ои:|еи:|ую:|юю:|ых:|их:|ым:|им:|а:|е:|и:|о:|у:|ы:|ь:|ю:|я:
            """,
        ["spanish"] = """
            ces:z|os:|as:|es:|s:|a:|e:|o:
            """,
        ["swedish"] = $"""
            {North}|arnas:|ornas:|ernas:|arna:|orna:|erna:|aren:|ar:|or:|er:|en:|et:|a:|e:
            """,
    };
}
