using System.Net;
using Shouldly;
using Tidemark.Server.Tests.Support;
using Xunit;

namespace Tidemark.Server.Tests.Hooks;

/// <summary>Senders of CloudEvents that ask beforehand whether they may send.</summary>
public sealed class ConsentTests
{
    [Fact]
    public async Task A_sender_that_names_itself_is_told_that_and_how_fast_it_may_send()
    {
        await using var service = await StartAsync(["*"]);

        using var answer = await AskAsync(service, ("WebHook-Request-Origin", "events.example.com"), ("WebHook-Request-Rate", "120"), ("WebHook-Request-Callback", "https://events.example.com/x"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("WebHook-Allowed-Origin").ShouldBe(["events.example.com"]);
        answer.Headers.GetValues("WebHook-Allowed-Rate").ShouldBe(["60"]);
        answer.Content.Headers.Allow.ShouldBe(["POST"]);
    }

    [Fact]
    public async Task One_that_is_not_named_in_the_configuration_may_not()
    {
        await using var service = await StartAsync(["events.example.com"]);

        using var named = await AskAsync(service, ("WebHook-Request-Origin", "Events.example.com"));
        named.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var other = await AskAsync(service, ("WebHook-Request-Origin", "elsewhere.example"));
        await other.ProblemAsync(HttpStatusCode.Forbidden, "hook.origin");
    }

    [Theory]
    [InlineData("WebHook-Request-Origin", "")]
    [InlineData("WebHook-Request-Origin", "a b")]
    [InlineData("X-Other", "events.example.com")]
    public async Task One_that_does_not_name_itself_is_not_answered(string header, string value)
    {
        await using var service = await StartAsync(["*"]);

        using var answer = await AskAsync(service, (header, value));

        await answer.ProblemAsync(HttpStatusCode.BadRequest, "usage");
        answer.Headers.Contains("WebHook-Allowed-Origin").ShouldBeFalse();
    }

    private static Task<RunningService> StartAsync(IReadOnlyList<string> origins) => RunningService.StartAsync(new ServerOptions
    {
        Hooks =
        [
            new HookOptions
            {
                Name = "events", Format = HookFormat.CloudEvents, Origins = origins, RequestsPerMinute = 60,
                Mapping = new HookMapping { Id = "{/subject}", Text = "/data/text", Version = "/data/v" },
            },
        ],
    });

    private static Task<HttpResponseMessage> AskAsync(RunningService service, params (string Name, string Value)[] headers) =>
        service.SendAsync(HttpMethod.Options, "hooks/events", null, headers);
}
