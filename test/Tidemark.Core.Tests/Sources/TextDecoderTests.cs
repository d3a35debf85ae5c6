using System.Text;
using Shouldly;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Tests.Sources;

public sealed class TextDecoderTests
{
    [Theory]
    [InlineData("a\r\nb\rc\nd", "a\nb\nc\nd")]
    [InlineData("\r\r\n\n\r", "\n\n\n\n")]
    [InlineData("a\u2028b\u0085c\fd", "a\u2028b\u0085c\fd")]
    public void Lines_end_in_LF_whatever_the_file_has(string content, string text)
    {
        TextDecoder.Decode("a.txt", Encoding.UTF8.GetBytes(content)).ShouldBe(text);
        TextDecoder.Decode("a.txt", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(content)]).ShouldBe(text);
    }
}
