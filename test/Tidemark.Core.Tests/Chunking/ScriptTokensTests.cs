using Shouldly;
using Xunit;

namespace Tidemark.Chunking;

/// <summary>Indexes are cut by this bound, so what each kind of character costs is pinned.</summary>
public sealed class ScriptTokensTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("the", 1)]
    [InlineData("with", 1)]
    [InlineData("With", 1)]
    [InlineData("WITH", 4)]
    [InlineData("information", 1)]
    [InlineData("informations", 4)]
    [InlineData("xinformation", 4)]
    [InlineData("1information", 5)]
    [InlineData("information1", 5)]
    [InlineData("-information", 2)]
    [InlineData("information-", 2)]
    [InlineData("éinformation", 5)]
    [InlineData("informationé", 5)]
    [InlineData("a", 1)]
    [InlineData("abcd", 2)]
    [InlineData("abcdefg", 3)]
    [InlineData("aBc", 2)]
    [InlineData("12", 2)]
    [InlineData("a b", 2)]
    [InlineData("a  b", 3)]
    [InlineData(" ", 0)]
    [InlineData("  ", 1)]
    [InlineData("               ", 1)]
    [InlineData("                ", 2)]
    [InlineData("\n", 1)]
    [InlineData("\t\t", 2)]
    public void Latin(string text, int tokens) => ScriptTokens.Instance.Count(text).ShouldBe(tokens);

    /// <summary>Eight of each, so that quarters of a token show.</summary>
    [Theory]
    [InlineData(0xE9, 8)] // accented
    [InlineData(0x24F, 8)]
    [InlineData(0x250, 16)] // phonetic: by bytes
    [InlineData(0x36F, 16)]
    [InlineData(0x370, 10)] // Greek, Cyrillic, Hebrew, Arabic
    [InlineData(0x5D0, 10)]
    [InlineData(0x600, 10)]
    [InlineData(0x77F, 10)]
    [InlineData(0x781, 16)] // Thaana: a letter
    [InlineData(0x7A6, 16)] // a mark of it: by bytes
    [InlineData(0x900, 24)] // a mark: by bytes
    [InlineData(0x915, 16)] // Devanagari: a letter
    [InlineData(0x2010, 16)] // marks
    [InlineData(0x2027, 16)]
    [InlineData(0x2028, 24)]
    [InlineData(0x200F, 24)]
    [InlineData(0x3000, 16)]
    [InlineData(0x301F, 16)]
    [InlineData(0x3020, 24)]
    [InlineData(0x3040, 16)] // kana
    [InlineData(0x30FF, 16)]
    [InlineData(0x4DFF, 24)]
    [InlineData(0x4E00, 16)] // Chinese
    [InlineData(0x9FFF, 16)]
    [InlineData(0xABFF, 24)]
    [InlineData(0xAC00, 24)] // Korean
    [InlineData(0xD7A3, 24)]
    [InlineData(0xFF00, 16)] // full width
    [InlineData(0xFFEF, 16)]
    [InlineData(0xFFF0, 24)]
    [InlineData(0x1F600, 32)]
    [InlineData(0x20000, 16)]
    public void Eight_characters_of_a_script(int character, int tokens) =>
        ScriptTokens.Instance.Count(string.Concat(Enumerable.Repeat(char.ConvertFromUtf32(character), 8))).ShouldBe(tokens);

    [Fact]
    public void A_token_that_has_begun_counts_whole()
    {
        ScriptTokens.Instance.Count("αα").ShouldBe(3);
        ScriptTokens.Instance.Count("αααα").ShouldBe(5);
    }
}
