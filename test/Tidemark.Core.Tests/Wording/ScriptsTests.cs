using Shouldly;
using Tidemark.Wording;
using Xunit;

namespace Tidemark.Tests.Wording;

public sealed class ScriptsTests
{
    private const string Kana = "うかきくけこさしすせそたちつてとはひふへほウカキクケコサシスセソタチツテトハヒフヘホゝヽワヰヱヲ";
    private const string Voiced = "ゔがぎぐげござじずぜぞだぢづでどばびぶべぼヴガギグゲゴザジズゼゾダヂヅデドバビブベボゞヾヷヸヹヺ";
    private const string HalfVoiced = "はひふへほハヒフヘホぱぴぷぺぽパピプペポ";

    /// <summary>By the blocks of Unicode; what stands before and behind is written with blanks, or is of another such script.</summary>
    [Theory]
    [InlineData("ไทย", 0x0E01, 0x0E3A)]
    [InlineData("ไทย", 0x0E40, 0x0E4E)]
    [InlineData("ລາວ", 0x0E80, 0x0EFF)]
    [InlineData("မြန်", 0x1000, 0x109F)]
    [InlineData("မြန်", 0xA9E0, 0xA9FF)]
    [InlineData("မြန်", 0xAA60, 0xAA7F)]
    [InlineData("한", 0x1100, 0x11FF)]
    [InlineData("한", 0x3131, 0x318E)]
    [InlineData("한", 0xA960, 0xA97F)]
    [InlineData("한", 0xAC00, 0xD7FF)]
    [InlineData("ខ្មែរ", 0x1780, 0x17D3)]
    [InlineData("ខ្មែរ", 0x17D7, 0x17D7)]
    [InlineData("ខ្មែរ", 0x17DC, 0x17DD)]
    [InlineData("漢かカ", 0x3005, 0x3007)]
    [InlineData("漢かカ", 0x3021, 0x3029)]
    [InlineData("漢かカ", 0x3038, 0x303C)]
    [InlineData("漢かカ", 0x3041, 0x309A)]
    [InlineData("漢かカ", 0x309D, 0x309F)]
    [InlineData("漢かカ", 0x30A1, 0x30FA)]
    [InlineData("漢かカ", 0x30FC, 0x312F)]
    [InlineData("漢かカ", 0x31A0, 0x31BF)]
    [InlineData("漢かカ", 0x31F0, 0x31FF)]
    [InlineData("漢かカ", 0x3400, 0x4DBF)]
    [InlineData("漢かカ", 0x4E00, 0x9FFF)]
    [InlineData("漢かカ", 0xF900, 0xFAFF)]
    [InlineData("漢かカ", 0x1AFF0, 0x1B16F)]
    [InlineData("漢かカ", 0x20000, 0x3FFFF)]
    public void A_script_without_blanks_is_told_by_its_characters(string written, int first, int last)
    {
        var script = Scripts.WithoutBlanks(char.ConvertToUtf32(written, 0));

        script.ShouldNotBe(0);
        written.EnumerateRunes().ShouldAllBe(rune => Scripts.WithoutBlanks(rune.Value) == script);
        (Scripts.WithoutBlanks(first), Scripts.WithoutBlanks(last), Scripts.WithoutBlanks((first + last) / 2)).ShouldBe((script, script, script));
        (Scripts.WithoutBlanks(first - 1), Scripts.WithoutBlanks(last + 1)).ShouldBe((0, 0));
    }

    [Fact]
    public void Each_of_these_scripts_is_another_one() =>
        "ไລမ한ខ漢".EnumerateRunes().Select(rune => Scripts.WithoutBlanks(rune.Value)).ShouldBeUnique();

    [Theory]
    [InlineData("aéбאعक", false)]
    [InlineData("かカ한ไㄅ々", false)]
    [InlineData("\u3007\u3400\u4DBF\u4E00\u9FFF\uF900\uFAFF\U00020000\U0003FFFD", true)]
    [InlineData("\u33FF\u4DC0\uA000\uF8FF\uFB00", false)]
    public void Ideographs_are_words_by_themselves_and_what_spells_sounds_is_not(string characters, bool isIdeograph) =>
        characters.EnumerateRunes().ShouldAllBe(rune => Scripts.IsIdeograph(rune.Value) == isIdeograph);

    /// <summary>Vowels and finals of Hangul and marks of voice never begin a syllable.</summary>
    [Theory]
    [InlineData("\u1161\u11A7\u11FF\u3099\u309A\uD7B0\uD7FF", true)]
    [InlineData("\u1100\u1112\u1160\u1200\u3098\u309B가힣\uD7AF", false)]
    public void Some_letters_belong_to_the_one_before(string characters, bool isExtender) =>
        characters.EnumerateRunes().ShouldAllBe(rune => Scripts.IsExtender(rune.Value) == isExtender);

    [Fact]
    public void A_kana_and_its_mark_are_what_is_typed_as_one()
    {
        for (var kana = 0x3041; kana <= 0x30FF; kana++)
        {
            var (voiced, half) = (Kana.IndexOf((char)kana), HalfVoiced.IndexOf((char)kana));

            Scripts.Compose(kana, 0x3099).ShouldBe(voiced < 0 ? 0 : Voiced[voiced], $"{(char)kana} voiced");
            Scripts.Compose(kana, 0x309A).ShouldBe(half is < 0 or >= 10 ? 0 : HalfVoiced[half + 10], $"{(char)kana} half voiced");
        }
    }

    [Theory]
    [InlineData(0x1025, 0x102E, 0x1026)]
    [InlineData(0x1024, 0x102E, 0)]
    [InlineData(0x1025, 0x102D, 0)]
    public void A_Burmese_vowel_and_its_sign_are_what_is_typed_as_one(int first, int second, int composed) =>
        Scripts.Compose(first, second).ShouldBe(composed);

    [Theory]
    [InlineData(0x1100, 0x1161, '가')]
    [InlineData(0x1112, 0x1175, '히')]
    [InlineData(0x1109, 0x1162, '새')]
    [InlineData('가', 0x11A8, '각')]
    [InlineData('히', 0x11C2, '힣')]
    [InlineData('새', 0x11A8, '색')]
    [InlineData('각', 0x11A8, 0)] // it has a final already
    [InlineData('가', 0x11A7, 0)]
    [InlineData('가', 0x11C3, 0)]
    [InlineData(0xD7A4, 0x11A8, 0)]
    [InlineData(0xABE4, 0x11A8, 0)]
    [InlineData(0x10FF, 0x1161, 0)]
    [InlineData(0x1113, 0x1161, 0)]
    [InlineData(0x1100, 0x1160, 0)]
    [InlineData(0x1100, 0x1176, 0)]
    [InlineData('a', 0x1161, 0)]
    [InlineData('a', 0x0301, 0)]
    public void Letters_of_Hangul_are_the_syllable_that_is_typed_as_one(int first, int second, int composed) =>
        Scripts.Compose(first, second).ShouldBe(composed);
}
