using System.Net;
using System.Text;
using Shouldly;
using Tidemark.Server.Tests.Support;
using Tidemark.Serving;
using Xunit;

namespace Tidemark.Server.Tests.Api;

public sealed class AgentTests
{
    private const string Ask =
        """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"search","arguments":{"query":"berth"}}}""";

    [Fact]
    public async Task Agents_find_what_is_in_the_index()
    {
        await using var service = await RunningService.StartAsync();
        using var put = await service.PutAsync("a.md", "A berth for a boat.");
        await put.JsonAsync();

        using var answer = await AskAsync(service);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.TextAsync()).ShouldContain("a.md");
    }

    [Fact]
    public async Task Agents_are_let_in_by_the_same_keys()
    {
        await using var service = await RunningService.StartAsync();
        var cancellation = TestContext.Current.CancellationToken;
        var key = await service.Index.Keys.CreateAsync(new AccessKeyRequest { Name = "agent" }, cancellation);
        var other = await service.Index.Keys.CreateAsync(new AccessKeyRequest { Name = "agent", Namespaces = ["other"] }, cancellation);

        using var without = await AskAsync(service);
        await without.ProblemAsync(HttpStatusCode.Unauthorized, "access.key");
        using var elsewhere = await AskAsync(service, ("Authorization", $"Bearer {other.Token}"));
        await elsewhere.ProblemAsync(HttpStatusCode.Forbidden, "access.scope");
        using var right = await AskAsync(service, ("Authorization", $"Bearer {key.Token}"));
        right.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_page_of_another_site_gets_no_tool()
    {
        await using var service = await RunningService.StartAsync();

        using var refused = await AskAsync(service, ("Origin", "http://evil.example"));

        await refused.ProblemAsync(HttpStatusCode.Forbidden, "access.origin");
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("application/json", "gzip")]
    public async Task What_is_no_plain_JSON_is_refused_with_a_reason(string? type, string? coding)
    {
        await using var service = await RunningService.StartAsync();
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(Ask));
        body.Headers.ContentType = type is null ? null : new(type);
        if (coding is not null)
        {
            body.Headers.ContentEncoding.Add(coding);
        }

        using var refused = await service.SendAsync(HttpMethod.Post, "../mcp", body, ("Accept", "application/json, text/event-stream"));

        await refused.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "request.media-type");
    }

    private static Task<HttpResponseMessage> AskAsync(RunningService service, params (string Name, string Value)[] headers) => service.SendAsync(
        HttpMethod.Post,
        "../mcp",
        new StringContent(Ask, Encoding.UTF8, "application/json"),
        [("Accept", "application/json, text/event-stream"), ("MCP-Protocol-Version", "2025-11-25"), .. headers]);
}
