using System.Net;
using System.Text;
using Shouldly;
using Tidemark.Server.Tests.Support;
using Tidemark.Serving;
using Xunit;

namespace Tidemark.Server.Tests.Api;

public sealed class AccessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task As_soon_as_there_is_a_key_every_request_needs_one()
    {
        await using var service = await RunningService.StartAsync();
        var made = await MakeAsync(service, AccessScope.Read);

        using var without = await AskAsync(service, null);
        await without.ProblemAsync(HttpStatusCode.Unauthorized, "access.key");
        using var wrong = await AskAsync(service, made.Token[..^2] + "xx");
        await wrong.ProblemAsync(HttpStatusCode.Unauthorized, "access.key");
        using var right = await AskAsync(service, made.Token);
        await right.JsonAsync();
    }

    [Fact]
    public async Task A_key_that_another_process_makes_counts_within_the_second()
    {
        await using var service = await RunningService.StartAsync();
        using var open = await AskAsync(service, null);
        open.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var other = TidemarkIndex.Create(index => index.UseSqlite(service.StoreFile).UseHashingEmbedder(64));
        await other.Keys.CreateAsync(new AccessKeyRequest { Name = "test", Scope = AccessScope.Read }, Token);
        var made = TimeProvider.System.GetTimestamp();

        while (true)
        {
            using var answer = await AskAsync(service, null);
            if (answer.StatusCode == HttpStatusCode.Unauthorized)
            {
                break;
            }

            TimeProvider.System.GetElapsedTime(made).ShouldBeLessThan(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task A_key_does_what_its_scope_says_and_no_more()
    {
        await using var service = await RunningService.StartAsync();
        var (read, write) = (await MakeAsync(service, AccessScope.Read), await MakeAsync(service, AccessScope.Write));

        using var refused = await WriteAsync(service, read.Token);
        await refused.ProblemAsync(HttpStatusCode.Forbidden, "access.scope");
        using var taken = await WriteAsync(service, write.Token);
        taken.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        using var keys = await service.SendAsync(HttpMethod.Get, "keys", null, Bearer(write.Token));
        await keys.ProblemAsync(HttpStatusCode.Forbidden, "access.scope");
    }

    [Fact]
    public async Task A_key_reaches_its_namespaces_and_no_other()
    {
        await using var service = await RunningService.StartAsync();
        var made = await service.Index.Keys.CreateAsync(
            new AccessKeyRequest { Name = "test", Scope = AccessScope.Write, Namespaces = ["mine"] }, Token);

        using var other = await service.SendAsync(HttpMethod.Get, "search?query=x", null, Bearer(made.Token));
        await other.ProblemAsync(HttpStatusCode.Forbidden, "access.scope");
        using var own = await service.SendAsync(
            HttpMethod.Put, "documents/a?namespace=mine", new StringContent("text", Encoding.UTF8, "text/plain"), [.. Bearer(made.Token), ("Prefer", "wait=30")]);
        await own.JsonAsync();
        (await service.GetAsync("namespaces", HttpStatusCode.OK, Bearer(made.Token))).EnumerateArray().Select(one => one.Text("namespace")).ShouldBe(["mine"]);
    }

    [Fact]
    public async Task A_key_learns_nothing_of_another_namespace_by_a_text_that_both_have()
    {
        await using var service = await RunningService.StartAsync();
        using var secret = await service.PutAsync("secret-name", "The very same text.");
        await secret.JsonAsync();
        var made = await service.Index.Keys.CreateAsync(
            new AccessKeyRequest { Name = "test", Scope = AccessScope.Write, Namespaces = ["mine"] }, Token);
        using var own = await service.SendAsync(
            HttpMethod.Put, "documents/a?namespace=mine", new StringContent("The very same text.", Encoding.UTF8, "text/plain"), [.. Bearer(made.Token), ("Prefer", "wait=30")]);
        await own.JsonAsync();

        (await service.GetAsync("why?document=a&namespace=mine", HttpStatusCode.OK, Bearer(made.Token))).GetRawText().ShouldNotContain("secret");
    }

    [Fact]
    public async Task The_sources_of_the_service_are_in_no_other_namespace()
    {
        await using var service = await RunningService.StartAsync();
        var made = await service.Index.Keys.CreateAsync(
            new AccessKeyRequest { Name = "test", Scope = AccessScope.Write, Namespaces = ["mine"] }, Token);

        foreach (var path in new[] { "plan", "sync" })
        {
            using var refused = await service.SendAsync(
                HttpMethod.Post, $"{path}?namespace=mine", new StringContent("{}", Encoding.UTF8, "application/json"), [.. Bearer(made.Token), ("Prefer", "wait=30")]);
            await refused.ProblemAsync(HttpStatusCode.BadRequest, "usage");
        }
    }

    [Fact]
    public async Task Behind_a_proxy_that_speaks_https_the_service_s_own_pages_are_its_own()
    {
        await using var service = await RunningService.StartAsync(new ServerOptions { Hosts = ["tidemark.example"] });

        using var own = await service.SendAsync(HttpMethod.Get, "namespaces", null, ("Host", "tidemark.example"), ("Origin", "https://tidemark.example"));
        await own.JsonAsync();
        using var other = await service.SendAsync(HttpMethod.Get, "namespaces", null, ("Host", "tidemark.example"), ("Origin", "ftp://tidemark.example"));
        await other.ProblemAsync(HttpStatusCode.Forbidden, "access.origin");
    }

    [Fact]
    public async Task Who_has_no_key_writes_nothing_into_the_audit_log_and_uses_up_nobody_s_requests()
    {
        await using var service = await RunningService.StartAsync(new ServerOptions { RequestsPerMinute = 5 });
        var made = await MakeAsync(service, AccessScope.Admin);
        for (var i = 0; i < 10; i++)
        {
            using var refused = await WriteAsync(service, "tmk_wrong");
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        (await service.GetAsync("../health/live")).Text("status").ShouldBe("live");
        (await service.GetAsync("audit", HttpStatusCode.OK, Bearer(made.Token))).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_key_that_was_revoked_opens_nothing()
    {
        await using var service = await RunningService.StartAsync();
        var made = await MakeAsync(service, AccessScope.Read);
        await service.Index.Keys.RevokeAsync(made.Key.Id, Token);

        using var late = await AskAsync(service, made.Token);

        await late.ProblemAsync(HttpStatusCode.Unauthorized, "access.key");
    }

    [Fact]
    public async Task More_requests_than_a_key_may_send_are_refused_with_a_time_to_come_again()
    {
        await using var service = await RunningService.StartAsync();
        var made = await service.Index.Keys.CreateAsync(new AccessKeyRequest { Name = "test", Scope = AccessScope.Read, RequestsPerMinute = 2 }, Token);

        for (var i = 0; i < 2; i++)
        {
            using var taken = await AskAsync(service, made.Token);
            await taken.JsonAsync();
        }

        using var refused = await AskAsync(service, made.Token);
        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "access.limit");
        refused.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task More_tokens_than_a_key_may_have_embedded_in_a_day_are_refused_over_all_ways()
    {
        await using var service = await RunningService.StartAsync();
        var made = await service.Index.Keys.CreateAsync(new AccessKeyRequest { Name = "test", Scope = AccessScope.Write, TokensPerDay = 10 }, Token);

        using var taken = await WriteAsync(service, made.Token);
        taken.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        using var refused = await service.SendAsync(
            HttpMethod.Put, "documents/b", new StringContent(new string('x', 37), Encoding.UTF8, "text/plain"), Bearer(made.Token));
        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "access.tokens");
        refused.Headers.RetryAfter.ShouldNotBeNull();
        using var batch = await service.SendAsync(
            HttpMethod.Post, "documents", new StringContent(new string(' ', 37), Encoding.UTF8, "application/x-ndjson"), Bearer(made.Token));
        await batch.ProblemAsync(HttpStatusCode.TooManyRequests, "access.tokens");
        using var rest = await service.SendAsync(
            HttpMethod.Put, "documents/c", new StringContent(new string('x', 36), Encoding.UTF8, "text/plain"), Bearer(made.Token));
        rest.StatusCode.ShouldBe(HttpStatusCode.Accepted, "what was refused was not counted");
    }

    [Fact]
    public async Task Where_others_can_reach_it_the_service_does_not_start_without_a_key()
    {
        var refused = await Should.ThrowAsync<TidemarkException>(() => RunningService.StartAsync(listen: "http://0.0.0.0:0"));

        refused.Code.ShouldBe("configuration.invalid");
        refused.Remedy.ShouldContain("tidemark keys create");
    }

    [Fact]
    public async Task Where_others_can_reach_it_and_there_is_a_key_the_service_asks_for_it()
    {
        NewAccessKey? made = null;
        await using var service = await RunningService.StartAsync(
            listen: "http://0.0.0.0:0",
            before: async index => made = await index.Keys.CreateAsync(new AccessKeyRequest { Name = "test" }, Token));

        using var without = await AskAsync(service, null);
        await without.ProblemAsync(HttpStatusCode.Unauthorized, "access.key");
        using var right = await AskAsync(service, made!.Token);
        await right.JsonAsync();
    }

    [Theory]
    [InlineData("Host", "evil.example", HttpStatusCode.MisdirectedRequest, "access.host")]
    [InlineData("Host", "127.0.0.1.evil.example", HttpStatusCode.MisdirectedRequest, "access.host")]
    [InlineData("Origin", "http://evil.example", HttpStatusCode.Forbidden, "access.origin")]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden, "access.origin")]
    public async Task A_page_of_another_site_gets_nothing(string name, string value, HttpStatusCode status, string code)
    {
        await using var service = await RunningService.StartAsync();

        using var sent = await service.SendAsync(HttpMethod.Get, "namespaces", null, (name, value));

        await sent.ProblemAsync(status, code);
        sent.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task Who_changed_what_is_kept_without_the_ids_of_documents()
    {
        await using var service = await RunningService.StartAsync();
        var (admin, read) = (await MakeAsync(service, AccessScope.Admin), await MakeAsync(service, AccessScope.Read));
        using var put = await WriteAsync(service, admin.Token, "customers/anna-schmidt");
        using var refused = await WriteAsync(service, read.Token, "customers/anna-schmidt");

        using var listed = await service.SendAsync(HttpMethod.Get, "audit", null, Bearer(admin.Token));
        var text = await listed.TextAsync();

        text.ShouldNotContain("anna");
        text.ShouldNotContain(admin.Token);
        var entries = (await listed.JsonAsync()).EnumerateArray().ToList();
        entries.Select(entry => entry.GetProperty("status").GetInt32()).ShouldBe([403, 202]);
        entries.Select(entry => entry.Text("action")).Distinct().ShouldBe(["putDocument"]);
        entries[0].Text("subject").ShouldBe(entries[1].Text("subject"));
    }

    private static Task<HttpResponseMessage> AskAsync(RunningService service, string? token) =>
        service.SendAsync(HttpMethod.Get, "namespaces", null, token is null ? [] : Bearer(token));

    private static Task<HttpResponseMessage> WriteAsync(RunningService service, string token, string id = "a") => service.SendAsync(
        HttpMethod.Put, $"documents/{id}", new StringContent("text", Encoding.UTF8, "text/plain"), Bearer(token));

    private static async Task<NewAccessKey> MakeAsync(RunningService service, AccessScope scope) =>
        await service.Index.Keys.CreateAsync(new AccessKeyRequest { Name = "test", Scope = scope }, Token);

    private static (string, string)[] Bearer(string token) => [("Authorization", $"Bearer {token}")];
}
