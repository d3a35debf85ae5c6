using Shouldly;
using Tidemark.Chunking;
using Tidemark.Conformance.Syncing;
using Tidemark.Embedding;
using Tidemark.Syncing;
using Xunit;

namespace Tidemark.Tests.Syncing;

public sealed class PlannedTokensTests
{
    private static readonly string[] Inputs = ["eight by", "中文"];

    private static readonly EmbeddingModel Model = new() { Space = new EmbeddingSpace("counting:32", 32), Generator = new CountingGenerator() };

    [Fact]
    public void By_the_model_s_own_tokenizer_with_its_marks() =>
        new PlannedTokens(Counted, calibration: 3).Of(Inputs).ShouldBe(8 + 2 + (2 * 2));

    [Fact]
    public void Without_one_by_the_kind_of_characters_until_the_provider_has_counted()
    {
        var asked = Model with { Requests = new EmbeddingRequestOptions() };

        new PlannedTokens(asked, calibration: 1).Of(Inputs).ShouldBe(2 + 3);
        new PlannedTokens(asked, calibration: 1.5m).Of(Inputs).ShouldBe(6, "four by bytes, half as many again");
        new PlannedTokens(Model, calibration: 1).Of(Inputs).ShouldBe(4);
        new PlannedTokens(Model, calibration: 1.1m).Of(Inputs).ShouldBe(5, "rounded up");
        new PlannedTokens(Counted with { Limit = new TokenLimit { Tokens = 9 } }, calibration: 1).Of(Inputs).ShouldBe(4, "an estimate is none");
    }

    [Fact]
    public void What_takes_too_long_to_count_is_estimated()
    {
        var tokens = new PlannedTokens(Counted, calibration: 1);

        tokens.Of([new string('x', 7_999_999)]).ShouldBe(7_999_999 + 2);
        tokens.Of(["x"]).ShouldBe(1 + 2);
        tokens.Of(["x"]).ShouldBe(1, "one more than eight millions");
        tokens.Of([]).ShouldBe(0);
    }

    private static EmbeddingModel Counted => Model with { Limit = new TokenLimit { Tokens = 9, Marks = 2, Counter = new Units() } };

    private sealed class Units : ITokenCounter
    {
        public string Name => "units";

        public int Count(ReadOnlySpan<char> text) => text.Length;
    }
}
