using Shouldly;
using Tidemark.Embedding;
using Tidemark.Embedding.Requests;
using Xunit;

namespace Tidemark.Tests.Embedding.Requests;

public sealed class RetryRuleTests
{
    private static readonly EmbeddingRequestOptions Options = new() { MaxAttempts = 5, Patience = TimeSpan.FromMinutes(5) };

    [Theory]
    [InlineData(1, 0, 0.5)]
    [InlineData(1, 1, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(5, 1, 16)]
    [InlineData(6, 1, 30)]
    [InlineData(1000, 0, 15)]
    public void Waits_double_up_to_half_a_minute_and_jitter_by_half(int attempt, double jitter, double seconds) =>
        RetryRule.Delay(attempt, asked: null, jitter).TotalSeconds.ShouldBe(seconds, 1e-9);

    [Fact]
    public void What_the_provider_asks_for_is_waited_at_least()
    {
        RetryRule.Delay(1, TimeSpan.FromSeconds(40), 0).ShouldBe(TimeSpan.FromSeconds(40));
        RetryRule.Delay(9, TimeSpan.Zero, 0).ShouldBe(TimeSpan.FromMilliseconds(100));
        RetryRule.Delay(1, TimeSpan.FromSeconds(-5), 0).ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Theory]
    [InlineData(EmbeddingFault.Fatal, 1, 0, RetryVerdict.Stop)]
    [InlineData(EmbeddingFault.Refused, 1, 0, RetryVerdict.Stop)]
    [InlineData(EmbeddingFault.Invalid, 1, 0, RetryVerdict.Again)]
    [InlineData(EmbeddingFault.Invalid, 2, 0, RetryVerdict.Stop)]
    [InlineData(EmbeddingFault.Transient, 4, 60, RetryVerdict.Again)]
    [InlineData(EmbeddingFault.Transient, 5, 60, RetryVerdict.Stop)]
    [InlineData(EmbeddingFault.Transient, 1, 300, RetryVerdict.GiveUp)]
    [InlineData(EmbeddingFault.RateLimited, 99, 60, RetryVerdict.Again)]
    [InlineData(EmbeddingFault.RateLimited, 1, 300, RetryVerdict.GiveUp)]
    public void Each_fault_has_its_end(EmbeddingFault fault, int attempt, int silentSeconds, object verdict) =>
        Judge(fault, attempt, silentSeconds).ShouldBe(verdict);

    [Fact]
    public void Somebody_who_waits_for_the_provider_itself_counts_no_attempts() =>
        RetryRule.Judge(Fault(EmbeddingFault.Transient), 99, TimeSpan.FromSeconds(299), Options, untilPatienceEnds: true)
            .ShouldBe(RetryVerdict.Again);

    [Fact]
    public void A_longer_wait_than_there_is_patience_is_not_begun()
    {
        var fault = new EmbeddingRequestException(EmbeddingFault.RateLimited, "c", "m", "r") { RetryAfter = TimeSpan.FromHours(1) };

        RetryRule.Judge(fault, 1, TimeSpan.Zero, Options, untilPatienceEnds: false).ShouldBe(RetryVerdict.GiveUp);
    }

    [Fact]
    public void Where_nobody_ever_was_there_is_less_patience()
    {
        RetryRule.Patience(Options, isNobodyThere: true).ShouldBe(TimeSpan.FromSeconds(20));
        RetryRule.Patience(Options, isNobodyThere: false).ShouldBe(Options.Patience);
        RetryRule.Patience(Options with { Patience = TimeSpan.FromSeconds(1) }, isNobodyThere: true).ShouldBe(TimeSpan.FromSeconds(1));
    }

    private static RetryVerdict Judge(EmbeddingFault fault, int attempt, int silentSeconds) =>
        RetryRule.Judge(Fault(fault), attempt, TimeSpan.FromSeconds(silentSeconds), Options, untilPatienceEnds: false);

    private static EmbeddingRequestException Fault(EmbeddingFault fault) => new(fault, "code", "message", "remedy");
}
