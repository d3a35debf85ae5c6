using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.ML.Tokenizers;
using Shouldly;
using Tidemark.OpenAI.Tokens;
using Xunit;

namespace Tidemark.OpenAI.Tests.Tokens;

public sealed class Cl100kTokensTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("hello world", 2)]
    [InlineData("tiktoken is great!", 6)]
    [InlineData("antidisestablishmentarianism", 6)]
    [InlineData("2 + 2 = 4", 7)]
    [InlineData("お誕生日おめでとう", 9)]
    public void It_counts_as_the_model_does(string text, int tokens) => Cl100kTokens.Instance.Count(text).ShouldBe(tokens);

    [Fact]
    public void Marks_of_the_vocabulary_that_stand_in_a_text_are_text() =>
        Cl100kTokens.Instance.Count("<|endoftext|>").ShouldBeGreaterThan(5);

    [Fact]
    public void Its_name_tells_the_vocabulary_that_the_package_brings()
    {
        var assembly = Assembly.Load("Microsoft.ML.Tokenizers.Data.Cl100kBase");
        using var packed = assembly.GetManifestResourceStream(assembly.GetManifestResourceNames().Single())!;
        using var vocabulary = new DeflateStream(packed, CompressionMode.Decompress);

        Cl100kTokens.Instance.Name.ShouldBe($"cl100k_base-{Convert.ToHexStringLower(SHA256.HashData(vocabulary))[..8]}");
        TiktokenTokenizer.CreateForModel("text-embedding-3-small").CountTokens("the same").ShouldBe(2);
    }
}
