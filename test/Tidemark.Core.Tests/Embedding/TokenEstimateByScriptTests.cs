using Shouldly;
using Tidemark.Embedding;
using Xunit;

namespace Tidemark.Core.Tests.Embedding;

public sealed class TokenEstimateByScriptTests
{
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("The index keeps what it has.")]
    public void Ascii_is_estimated_as_it_always_was(string text) => TokenEstimate.ByScript(text).ShouldBe(TokenEstimate.Of(text));

    [Theory]
    [InlineData("增量同步只嵌入改变了的文本块。没有改变的文件不会被再次发送。", 34)]
    [InlineData("Индекс хранит то, что у него есть, и ничего не забывает.", 20)]
    public void Other_scripts_are_near_what_is_counted(string text, int counted) =>
        ((double)TokenEstimate.ByScript(text) / counted).ShouldBeInRange(0.8, 1.25);
}
