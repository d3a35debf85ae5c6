using Shouldly;
using Xunit;

namespace Tidemark.Chunking;

public sealed class BlankTextTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData(" \t\r\n\u00a0\u3000", true)]
    [InlineData("\u0000\u0007\u200b\u200d\ufeff", true)]
    [InlineData("\U000e0020\U000e007f", true)]
    [InlineData(" a", false)]
    [InlineData("a ", false)]
    [InlineData("😀", false)]
    [InlineData("\ud800", false)]
    [InlineData(" \udc00", false)]
    [InlineData("\u0301", false)]
    public void Only_what_shows_nothing_is_blank(string text, bool blank) => BlankText.Is(text).ShouldBe(blank);
}
