using System.Net;
using Shouldly;
using Tidemark.Server.Tests.Support;
using Tidemark.Serving;
using Xunit;

namespace Tidemark.Server.Tests.Dashboard;

public sealed class SignInTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_has_no_key_is_asked_for_one_and_brought_back()
    {
        var (service, made) = await StartAsync(AccessScope.Read);
        await using var running = service;

        var asked = await service.PageAsync("runs?namespace=default");
        asked.QuerySelector("h1").Text().ShouldBe("Sign in");
        using var wrong = await service.SubmitAsync(asked, ("key", made.Token[..^2] + "xx"));
        var again = await wrong.PageAsync(HttpStatusCode.Unauthorized);
        again.QuerySelector("[role=alert]").Text().ShouldContain("no key of the service");

        using var right = await service.SubmitAsync(again, ("key", $" {made.Token}\n"));
        (await right.PageAsync()).QuerySelector("h1").Text().ShouldBe("Runs");
        right.RequestMessage!.RequestUri!.PathAndQuery.ShouldBe("/tidemark/runs?namespace=default");
        (await service.PageAsync("")).QuerySelector(".who").Text().ShouldContain($"key {made.Key.Id}, read");
    }

    [Fact]
    public async Task A_session_is_kept_from_scripts_and_other_sites_and_holds_no_readable_key()
    {
        var (service, made) = await StartAsync(AccessScope.Read);
        await using var running = service;
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = service.Address };
        var page = await (await client.GetAsync(new Uri("../sign-in", UriKind.Relative), Token)).PageAsync();
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("key", made.Token)]);
        using var answer = await client.PostAsync(new Uri("../sign-in", UriKind.Relative), form, Token);

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("tidemark-session=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=strict", Case.Insensitive);
        cookie.ShouldContain("path=/tidemark", Case.Insensitive);
        cookie.ShouldNotContain(made.Token);
        cookie.ShouldNotContain("expires", Case.Insensitive);
    }

    [Fact]
    public async Task Behind_a_proxy_that_speaks_https_a_session_goes_over_https_only()
    {
        await using var service = await RunningService.StartAsync(new ServerOptions { Hosts = ["tidemark.example"] });
        var made = await service.Index.Keys.CreateAsync(new AccessKeyRequest { Name = "operator" }, Token);
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = service.Address };
        client.DefaultRequestHeaders.Host = "tidemark.example";
        var page = await (await client.GetAsync(new Uri("../sign-in", UriKind.Relative), Token)).PageAsync();
        var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        client.DefaultRequestHeaders.Add("Origin", "https://tidemark.example");

        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("key", made.Token)]);
        using var answer = await client.PostAsync(new Uri("../sign-in", UriKind.Relative), form, Token);

        answer.Headers.GetValues("Set-Cookie").Single(one => one.StartsWith("tidemark-session=", StringComparison.Ordinal))
            .ShouldContain("secure", Case.Insensitive);
    }

    [Fact]
    public async Task A_session_opens_pages_and_not_the_API()
    {
        await using var service = await SignedInAsync(AccessScope.Admin);

        (await service.PageAsync("queue")).QuerySelector("h1").Text().ShouldBe("Queue");

        using var api = await service.SendAsync(HttpMethod.Get, "status");
        await api.ProblemAsync(HttpStatusCode.Unauthorized, "access.key");
    }

    [Fact]
    public async Task A_key_does_on_pages_what_its_scope_says_and_no_more()
    {
        await using var service = await SignedInAsync(AccessScope.Read);

        (await service.PageAsync("document?id=a")).QuerySelectorAll("a[href*='act/']").ShouldBeEmpty();
        (await service.PageAsync("act/forget?document=a", HttpStatusCode.Forbidden)).MainText().ShouldContain("access.scope");
        var form = await service.PageAsync("act/verify");
        using var forged = await service.SendAsync(HttpMethod.Post, "../act/forget", new FormUrlEncodedContent(
        [
            new("document", "a"),
            new("__RequestVerificationToken", form.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!),
        ]));
        await forged.PageAsync(HttpStatusCode.Forbidden);

        (await service.Index.DocumentsAsync(cancellationToken: Token).AnyAsync(Token)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_key_that_is_revoked_ends_its_sessions()
    {
        await using var service = await SignedInAsync(AccessScope.Read);
        (await service.PageAsync("")).QuerySelector("h1").Text().ShouldBe("Overview");

        foreach (var key in await service.Index.Keys.ListAsync(Token))
        {
            await service.Index.Keys.RevokeAsync(key.Id, Token);
        }

        (await service.PageAsync("")).QuerySelector("h1").Text().ShouldBe("Sign in");
    }

    [Fact]
    public async Task Who_signs_out_is_asked_again()
    {
        await using var service = await SignedInAsync(AccessScope.Read);

        using var done = await service.SubmitAsync(await service.PageAsync("sign-out"));

        (await done.PageAsync()).QuerySelector("h1").Text().ShouldBe("Sign in");
        (await service.PageAsync("queue")).QuerySelector("h1").Text().ShouldBe("Sign in");
    }

    [Theory]
    [InlineData("//elsewhere.example/")]
    [InlineData("https://elsewhere.example/")]
    [InlineData("\\\\elsewhere.example")]
    public async Task Signing_in_leads_nowhere_else(string back)
    {
        var (service, made) = await StartAsync(AccessScope.Read);
        await using var running = service;

        using var done = await service.SubmitAsync(await service.PageAsync($"sign-in?back={Uri.EscapeDataString(back)}"), ("key", made.Token));

        done.RequestMessage!.RequestUri!.PathAndQuery.ShouldBe("/tidemark/");
    }

    private static async Task<RunningService> SignedInAsync(AccessScope scope)
    {
        var (service, made) = await StartAsync(scope);
        using var done = await service.SubmitAsync(await service.PageAsync("sign-in"), ("key", made.Token));
        await done.PageAsync();
        return service;
    }

    /// <summary>With one document, and a key that is there before anybody asks.</summary>
    private static async Task<(RunningService Service, NewAccessKey Key)> StartAsync(AccessScope scope)
    {
        NewAccessKey? made = null;
        var service = await RunningService.StartAsync(before: async index =>
        {
            await index.PutAsync(Texts.Of("a", "text"), cancellationToken: Token);
            made = await index.Keys.CreateAsync(new AccessKeyRequest { Name = "test", Scope = scope }, Token);
        });
        return (service, made!);
    }
}
