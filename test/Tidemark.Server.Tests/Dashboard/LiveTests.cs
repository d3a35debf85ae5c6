using System.Net;
using Shouldly;
using Tidemark.Server.Tests.Support;
using Xunit;

namespace Tidemark.Server.Tests.Dashboard;

public sealed class LiveTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_is_told_that_something_has_changed()
    {
        await using var service = await RunningService.StartAsync(
            before: index => index.PutAsync(Texts.Of("a", "text"), cancellationToken: Token));
        using var request = new HttpRequestMessage(HttpMethod.Get, "../live");
        using var response = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType?.MediaType.ShouldBe("text/event-stream");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        (await lines.ReadLineAsync(Token)).ShouldBe("retry: 3000");

        await service.Index.PutAsync(Texts.Of("b", "more"), cancellationToken: Token);

        var line = await lines.ReadLineAsync(Token);
        while (string.IsNullOrEmpty(line))
        {
            line = await lines.ReadLineAsync(Token);
        }

        line.ShouldBe("event: changed");
    }

    [Fact]
    public async Task A_page_that_is_looked_at_keeps_no_service_from_stopping()
    {
        var service = await RunningService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "../live");
        using var response = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Token));
        await lines.ReadLineAsync(Token);

        var started = TimeProvider.System.GetTimestamp();
        await service.DisposeAsync();

        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(8));
    }
}
