using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.Tokenizers;
using Shouldly;
using Tidemark.OpenAI.Tokens;
using Xunit;

namespace Tidemark.OpenAI.Tests.Tokens;

public sealed class FileTokensTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("Tidemark keeps tidying the index.", 11)]
    [InlineData("Índex", 1)]
    [InlineData("", 0)]
    [InlineData("界", 1)]
    public void A_wordpiece_vocabulary_counts(string text, int tokens)
    {
        Of(string.Join('\n', Vocabularies.WordPiece) + "\n").Count(text).ShouldBe(tokens);
        Of(string.Join("\r\n", Vocabularies.WordPiece)).Count(text).ShouldBe(tokens);
        Of(Vocabularies.WordPieceJson(lowercase: true)).Count(text).ShouldBe(tokens);
    }

    [Fact]
    public void A_cased_vocabulary_keeps_capitals()
    {
        Of(Vocabularies.WordPieceJson(lowercase: false)).Count("index Index").ShouldBe(2);
        Of(string.Join('\n', [.. Vocabularies.WordPiece, "I", "##N"])).Count("INDEX").ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Byte_level_merges_count(bool pairs)
    {
        Of(Vocabularies.ByteLevelJson(pairs)).Count("low low").ShouldBe(2);
        Of(Vocabularies.ByteLevelJson(pairs)).Count("lower").ShouldBe(3);
    }

    [Fact]
    public void A_unigram_model_counts()
    {
        Of(Vocabularies.UnigramJson()).Count("low low").ShouldBe(2);
        Of(Vocabularies.UnigramJson()).Count("lower").ShouldBe(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no vocabulary at all")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[UNK]")]
    [InlineData("""{"model":{"type":"BPE","vocab":{},"merges":[]}}""")]
    [InlineData("""{"model":{"type":"Else"}}""")]
    [InlineData("""{"model":7}""")]
    [InlineData("""{"model":{"type":"WordPiece","vocab":[1]}}""")]
    public void What_is_no_tokenizer_is_an_error_of_the_settings(string content)
    {
        var failure = Should.Throw<TidemarkException>(() => Of(content).Count("text"));

        failure.Code.ShouldBe(ErrorCodes.ConfigurationInvalid);
        failure.Message.ShouldContain($"'{_path}'");
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error_of_the_settings() =>
        Should.Throw<TidemarkException>(() => new FileTokens("/no/such/file").Name).Message.ShouldContain("there is no such file");

    [Theory]
    [InlineData("/dev/zero", "it is a pipe or a device, not a file")]
    [InlineData("/dev", "it is a folder")]
    public void What_is_no_file_is_refused_at_once(string path, string why) =>
        Should.Throw<TidemarkException>(() => new FileTokens(path).Name).Message.ShouldContain(why);

    [Fact]
    public void Its_name_is_its_content_and_nothing_is_loaded_for_it()
    {
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', Vocabularies.WordPiece));
        File.WriteAllBytes(_path, bytes);
        var tokens = new FileTokens(_path);

        tokens.Name.ShouldBe($"file-{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}");
        tokens.IsLoaded.ShouldBeFalse();
    }

    [Fact]
    public void The_same_as_the_library_itself()
    {
        File.WriteAllText(_path, string.Join('\n', Vocabularies.WordPiece));
        var text = string.Concat(Enumerable.Repeat("What it has, the index keeps: tidemarking. ", 50));

        new FileTokens(_path).Count(text).ShouldBe(BertTokenizer.Create(_path).CountTokens(text));
    }

    private FileTokens Of(string content)
    {
        File.WriteAllText(_path, content);
        return new FileTokens(_path);
    }
}
