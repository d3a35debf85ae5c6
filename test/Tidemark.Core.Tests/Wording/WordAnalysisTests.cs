using System.Text;
using Shouldly;
using Tidemark.Wording;
using Xunit;

namespace Tidemark.Tests.Wording;

public sealed class WordAnalysisTests
{
    [Theory]
    [InlineData("Two words, here.", "two words here")]
    [InlineData("don't", "don t =don't")]
    [InlineData("getUserById", "getuserbyid +get +user +by +id")]
    [InlineData("parseHTMLResponse", "parsehtmlresponse +parse +html +response")]
    [InlineData("TS2345", "ts2345 +ts +2345")]
    [InlineData("URLs APIs", "urls +url apis +api")]
    [InlineData("PDFs, DBs'", "pdfs +pdf dbs +db")]
    [InlineData("parseURLsFrom getIDs", "parseurlsfrom +parse +url +from getids +get +id")]
    [InlineData("CRDs2 x-VMs-y", "crds2 +crd +2 x vms +vm =x-vms y =vms-y")]
    [InlineData("IPv6 TLSv1.3 IPvs", "ipv6 +ip +6 tlsv1 +tls +1 3 =tlsv1.3 ipvs +pvs")]
    [InlineData("HTMLsx ABss Ids OSa IPv", "htmlsx +htm +lsx abss +bss ids osa +sa ipv +pv")]
    [InlineData("ＵＲＬｓ ЭВМs ÉÉs", "urls +url эвмs +эвм ees ~e\u0301e\u0301s +ee")]
    [InlineData("HCA060T", "hca060t +hca +060")]
    [InlineData("refresh_token_rotation", "refresh token =refresh_token rotation =token_rotation")]
    [InlineData("CVE-2021-3013", "cve 2021 =cve-2021 3013 =2021-3013")]
    [InlineData("v1.2.3", "v1 +1 2 =v1.2 3 =2.3")]
    [InlineData("a.b.c", "a b =a.b c =b.c")]
    [InlineData("std::vector", "std vector =std:vector")]
    [InlineData(@"docs\guide\setup.md", "docs guide =docs/guide setup =guide/setup md =setup.md")]
    [InlineData("C++, C# and .NET", "c =c++ c =c# and net =.net")]
    [InlineData("src/.gitignore", "src gitignore =.gitignore")]
    [InlineData("end. Next...and", "end next and")]
    [InlineData("1,000 or a,b", "1 000 =1,000 or a b")]
    [InlineData("--no-verify", "no verify =no-verify")]
    [InlineData("ops@jpl.nasa.gov", "ops jpl =ops@jpl nasa =jpl.nasa gov =nasa.gov")]
    [InlineData("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b")]
    [InlineData("", "")]
    [InlineData(" \t.,;!-- ", "")]
    [InlineData(".net", "net =.net")]
    [InlineData("x .Net x/.net", "x net =.net x net =.net")]
    [InlineData("..net", "net")]
    [InlineData(".5", "5")]
    [InlineData("漢.net", "漢 net")]
    [InlineData("c++x c#x", "c x c x")]
    [InlineData("c+ c+++ c##", "c c =c++ c =c#")]
    [InlineData("f-c++", "f c =f-c =c++")]
    [InlineData("c++-x", "c =c++ x =c++-x")]
    [InlineData("a:b a:::b a: a::", "a b =a:b a b a a")]
    [InlineData("1,a a,1 x1,2", "1 a a 1 x1 +1 2 =x1,2")]
    [InlineData("a@b a&b", "a b =a@b a b =a&b")]
    [InlineData("a*b a+b a=b a~b", "a b a b a b a b")]
    [InlineData("aaBb ABc Ab aB", "aabb +aa +bb abc +bc ab ab")]
    [InlineData("a1b2c3d", "a1b2c3d +1 +2 +3")]
    [InlineData("a1b2c3d4", "a1b2c3d4")]
    [InlineData("getÉtat", "getetat ~gete\u0301tat +get +etat")]
    [InlineData("éA1", "ea1 ~e\u0301a1 +1")]
    public void Words_names_and_their_parts_are_told_apart(string text, string words) => Of(text).ShouldBe(words);

    [Theory]
    [InlineData("Άλφα ΟΔΟΣ οδος", "αλφα οδοσ οδοσ")]
    [InlineData("שָׁלוֹם", "שלום")]
    [InlineData("مُزامَنَة", "مزامنة")]
    [InlineData("café", "cafe")]
    [InlineData("cafe\u0301", "cafe")]
    [InlineData("łódź đường Ærø øl İstanbul ışık Straße þing", "lodz duong aero ol istanbul isik strasse thing")]
    [InlineData("ﬁnance ２０２６ ＡＢＣ１２３ 𝐀𝐛", "finance 2026 abc123 +abc +123 ab")]
    [InlineData("ёлка", "елка")]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("so\u00ADft e\u200Dd", "soft ed")]
    [InlineData("٢٠٢٦", "2026")]
    [InlineData("l\u2019eau", "l eau =l'eau")]
    [InlineData("ｆｕｌｌ．ｗｉｄｔｈ", "full width =full.width")]
    [InlineData("a\u02BCb a\u05F3b a\u05F4b", "a b =a'b a b =a'b a b =a'b")]
    [InlineData("a\u2010b a\u2011b a\u2012b", "a b =a-b a b =a-b a b")]
    [InlineData("a\u00B7b a\u0387b a\u2027b a\u2026b", "a b =a.b a b =a.b a b =a.b a b")]
    [InlineData("a＿b a－b a＇b a：b a／b a＼b a＠b a＆b a！b", "a b =a_b a b =a-b a b =a'b a b =a:b a b =a/b a b =a/b a b =a@b a b =a&b a b")]
    [InlineData("\u0301a", "a")]
    [InlineData("Ⅷ ②", "viii 2")]
    public void Case_accents_and_forms_do_not_matter(string text, string words) => Plain(text).ShouldBe(words);

    [Fact]
    public void A_word_with_accents_is_there_with_them_too()
    {
        Of("Résumé").ShouldBe("resume ~re\u0301sume\u0301");
        Of("re\u0301sume\u0301").ShouldBe("resume ~re\u0301sume\u0301");
        Of("øl").ShouldBe("ol ~o\u0335l");
        Of("ﬁn").ShouldBe("fin");
    }

    [Theory]
    [InlineData("侦听器", "侦听 .侦 >听器 .听 .器")]
    [InlineData("猫", "猫")]
    [InlineData("색인에는", "색인 >인에 >에는")]
    [InlineData("重跑gen-itgc后五", "重跑 .重 .跑 gen itgc =gen-itgc 后五 .后 .五")]
    [InlineData("承認フロー", "承認 .承 >認フ .認 >フロ >ロー")]
    [InlineData("ｶﾞｲﾄﾞ", "ガイ >イド")]
    [InlineData("か\u3099く", "がく")]
    [InlineData("\u1109\u1162\u11A8\u110B\u1175\u11AB", "색인")]
    [InlineData("ชื่อไฟล์", "ชื่อ >อไ >ไฟ >ฟล์")]
    [InlineData("မြန်မာ", "မြန် >န်မာ")]
    [InlineData("漢字。仮名", "漢字 .漢 .字 仮名 .仮 .名")]
    [InlineData("漢한", "漢 한")]
    [InlineData("漢字한국", "漢字 .漢 .字 한국")]
    [InlineData("漢\u200D字\u0301", "漢字\u0301 .漢 .字\u0301")]
    [InlineData("漢１", "漢 1")]
    public void Scripts_without_blanks_are_read_as_pairs(string text, string words) => Of(text).ShouldBe(words);

    /// <summary>Fonts of companies and of old scripts have letters there.</summary>
    [Theory]
    [InlineData("one\ue000two three", "one\ue000two three")]
    [InlineData("\uf8ff", "\uf8ff")]
    [InlineData("\U000f0000x", "\U000f0000x")]
    public void Private_use_letters_are_letters(string text, string words) => Of(text).ShouldBe(words);

    [Theory]
    [InlineData("deploy 🚀 with ⚠️", "deploy 🚀 with ⚠")]
    [InlineData("x🚀🚀y", "x 🚀 🚀 y")]
    [InlineData("\u2600 \u25A0 \u2800 \u283F \u28FF \u2B50", "\u2600 \u2B50")]
    public void A_picture_is_a_word_and_what_changes_its_looks_is_not(string text, string words) => Of(text).ShouldBe(words);

    [Theory]
    [InlineData(16, true)]
    [InlineData(17, false)]
    public void What_has_very_many_parts_is_no_name(int cuts, bool hasParts) =>
        Of("aa" + string.Concat(Enumerable.Repeat("Bb", cuts))).Contains('+').ShouldBe(hasParts);

    [Fact]
    public void A_word_that_is_too_long_is_none_and_joins_nothing()
    {
        var longest = new string('x', WordAnalysis.LongestWord);
        Of($"a {longest} b").ShouldBe($"a {longest} b");
        Of($"a {longest}x b").ShouldBe("a b");
        Of($"a-{new string('é', 5000)}-b c").ShouldBe("a b c");
        Of($"{longest}-{longest}#").ShouldBe($"{longest} {longest} ={longest}-{longest} ={longest}#");
        Of($"é{longest[3..]}").ShouldBe($"e{longest[3..]} ~e\u0301{longest[3..]}");
        Of($"é{longest[2..]}").ShouldBe($"e{longest[2..]}", "its form with the accent is too long");
        Of($"{longest[1..]}é").ShouldBe($"{longest[1..]}e");
    }

    [Fact]
    public void Bytes_that_are_no_text_separate_words()
    {
        var sink = new Sink([]);
        WordAnalysis.Read([(byte)'a', 0xC3, (byte)'b', 0xFF, 0, (byte)'c'], stemmer: null, ref sink);
        string.Join(' ', sink.Words).ShouldBe("a b c");
    }

    [Fact]
    public void The_words_of_a_text_are_those_of_its_parts_between_blanks()
    {
        // Whatever the characters: nothing is lost at the end of a buffer, and nothing of one part is seen in the next.
        string[] parts = ["getUserById", "Résumé", "侦听器", "색인에는", "v1.2.3", "ชื่อ", "😀", "C++", "שָׁלוֹם", "x"];
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var some = Enumerable.Range(0, 20).Select(_ => parts[random.Next(parts.Length)]).ToArray();
            Of(string.Join(' ', some)).ShouldBe(string.Join(' ', some.Select(part => Of(part))));
        }
    }

    private static string Of(string text, Stemmer? stemmer = null)
    {
        var sink = new Sink([]);
        WordAnalysis.Read(Encoding.UTF8.GetBytes(text), stemmer, ref sink);
        return string.Join(' ', sink.Words);
    }

    private static string Plain(string text) => string.Join(' ', Of(text).Split(' ').Where(word => !word.StartsWith('~')));

    private readonly struct Sink(List<string> words) : IWordSink
    {
        public IReadOnlyList<string> Words => words;

        public void Add(ReadOnlySpan<byte> word, WordKind kind)
        {
            var sign = kind switch
            {
                WordKind.NextBigram => ">",
                WordKind.Part => "+",
                WordKind.Pair => "=",
                WordKind.Exact => "~",
                WordKind.Single => ".",
                _ => "",
            };
            words.Add(sign + Encoding.UTF8.GetString(word));
        }
    }
}
