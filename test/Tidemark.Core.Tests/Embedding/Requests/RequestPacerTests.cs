using Shouldly;
using Tidemark.Conformance.Support;
using Tidemark.Embedding;
using Tidemark.Embedding.Requests;
using Xunit;

namespace Tidemark.Tests.Embedding.Requests;

public sealed class RequestPacerTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly SkippingClock _clock = new();

    [Fact]
    public async Task Without_limits_nothing_waits()
    {
        var pacer = new RequestPacer(new EmbeddingRequestOptions(), _clock);

        for (var i = 0; i < 1000; i++)
        {
            await pacer.WaitAsync(1_000_000, None);
        }

        _clock.Delays.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(60, null, 1, 60)]
    [InlineData(6000, null, 1, 1000)]
    [InlineData(null, 60_000, 1000, 60)]
    [InlineData(600, 60_000, 1000, 60)]
    [InlineData(60, 6_000_000, 1000, 60)]
    public async Task Requests_are_spaced_so_that_no_minute_holds_more_than_allowed(
        int? requests, int? tokens, long each, int count)
    {
        var pacer = new RequestPacer(
            new EmbeddingRequestOptions { RequestsPerMinute = requests, TokensPerMinute = tokens }, _clock);
        var sent = new List<DateTimeOffset>();
        for (var i = 0; i <= count; i++)
        {
            await pacer.WaitAsync(each, None);
            sent.Add(_clock.GetUtcNow());
        }

        var perMinute = Math.Min(requests ?? double.MaxValue, (tokens ?? double.MaxValue) / each);
        var took = (sent[^1] - sent[0]).TotalMinutes;
        (count / took).ShouldBeInRange(perMinute * 0.95, perMinute);
        sent.Zip(sent.Skip(1)).ShouldAllBe(pair => (pair.Second - pair.First).TotalMinutes > 0.9 / perMinute);
    }

    [Fact]
    public async Task What_a_request_really_cost_is_set_off()
    {
        var pacer = new RequestPacer(new EmbeddingRequestOptions { TokensPerMinute = 60_000 }, _clock);
        var began = _clock.GetUtcNow();
        for (var i = 0; i < 30; i++)
        {
            await pacer.WaitAsync(1000, None);
            pacer.Correct(estimated: 1000, counted: 2000);
        }

        (_clock.GetUtcNow() - began).TotalSeconds.ShouldBeInRange(57, 63);
    }

    [Fact]
    public async Task A_pause_holds_everybody_and_lets_them_go_one_by_one()
    {
        var pacer = new RequestPacer(new EmbeddingRequestOptions { RequestsPerMinute = 60 }, _clock);
        await pacer.WaitAsync(1, None);
        var began = _clock.GetUtcNow();
        pacer.Pause(TimeSpan.FromSeconds(20));

        await pacer.WaitAsync(1, None);
        (_clock.GetUtcNow() - began).TotalSeconds.ShouldBeInRange(20, 20.1);
        await pacer.WaitAsync(1, None);
        (_clock.GetUtcNow() - began).TotalSeconds.ShouldBeInRange(20.9, 21.2);
    }

    [Fact]
    public async Task Waiting_can_be_ended()
    {
        var pacer = new RequestPacer(new EmbeddingRequestOptions { RequestsPerMinute = 1 }, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        await pacer.WaitAsync(1, stop.Token);
        var waiting = pacer.WaitAsync(1, stop.Token).AsTask();

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
    }
}
