using System.Net;
using System.Net.Http.Json;
using System.Text;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>The executable becomes the service, and keeps to the settings that it was called with.</summary>
public sealed class ServeTests : IDisposable
{
    private readonly Workspace _work = new();
    private readonly HttpClient _client = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _work.Dispose();
    }

    [Fact]
    public async Task What_was_put_survives_a_kill_and_is_what_other_commands_see()
    {
        using (var first = await ServedIndex.StartAsync(_work))
        {
            (await PutAsync(first, "a.md", "A berth for a boat.", "wait=60")).ShouldBe(HttpStatusCode.OK);
            (await PutAsync(first, "b.md", "The lamps burn all night.")).ShouldBe(HttpStatusCode.Accepted);
            first.Process.Kill();
        }

        using var second = await ServedIndex.StartAsync(_work);
        await Awaiting.FactAsync("what waited is carried out", async () =>
            (await _client.GetAsync($"{second.Api}/documents/b.md", Token)).IsSuccessStatusCode);
        (await _client.GetStringAsync($"{second.Api}/search?query=lamps", Token)).ShouldContain("b.md");
        await second.StopAsync();
        _work.Documents(await _work.ExportAsync()).ShouldBe(["a.md", "b.md"]);
        await _work.VerifyCleanAsync();
    }

    [Fact]
    public async Task Configured_sources_are_synced_by_name_and_paths_are_none()
    {
        _work.Write("tidemark.json", """{ "sources": ["docs"] }""").Write("docs/a.md", "The lamps burn all night.\n");
        using var service = await ServedIndex.StartAsync(_work);

        (await SyncAsync(service, "docs")).ShouldContain("\"added\":1");
        (await SyncAsync(service, "/etc")).ShouldContain("source.missing");
        await service.StopAsync();
    }

    [Fact]
    public async Task A_migration_leads_where_a_request_says()
    {
        _work.Write("tidemark.json", """{ "sources": ["docs"] }""").Write("docs/a.md", string.Concat(Enumerable.Repeat("The lamps burn all night.\n\n", 40)));
        using var service = await ServedIndex.StartAsync(_work);
        (await SyncAsync(service, "docs")).ShouldContain("\"added\":1");

        (await PostAsync(service, "migration/start", new { embedder = "hashing:96", chunker = "recursive", chunkSize = 200, chunkOverlap = 0 })).ShouldContain("hashing:96");
        (await PostAsync(service, "golden", new { query = "lamps", expected = new[] { "docs/a.md" } })).ShouldContain("\"added\":1");
        (await PostAsync(service, "migration/promote", new { accept = true })).ShouldContain("\"previous\"");

        (await _client.GetStringAsync($"{service.Api}/search?query=lamps", Token)).ShouldContain("\"space\":\"hashing:96\"");
        (await PostAsync(service, "migration/start", new { embedder = "nobody:1" })).ShouldContain("\"remedy\"");
        (await SyncAsync(service, "docs")).ShouldContain("\"skipped\":1");
        await service.StopAsync();
        await _work.VerifyCleanAsync("docs");
    }

    [Fact]
    public async Task Its_description_is_what_programs_of_others_take()
    {
        using var service = await ServedIndex.StartAsync(_work);
        _work.Write("openapi.json", await _client.GetStringAsync($"{service.Api}/openapi.json", Token));

        using var lint = Mcp.ForeignClients.Start(_work, "@redocly/cli/bin/cli.js", "lint", "openapi.json");

        (await lint.FinishAsync()).ShouldExit(0);
    }

    [Fact]
    public async Task Beyond_this_machine_it_does_not_start_without_a_key()
    {
        using var service = _work.Start("serve", "--listen", "http://0.0.0.0:0");

        var ended = await service.FinishAsync();

        ended.ShouldExit(2).Errors.ShouldContain("tidemark keys create");
    }

    private async Task<HttpStatusCode> PutAsync(ServedIndex service, string id, string text, string? prefer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{service.Api}/documents/{id}") { Content = new StringContent(text, Encoding.UTF8, "text/plain") };
        request.Headers.Add("Prefer", prefer is null ? [] : [prefer]);
        using var response = await _client.SendAsync(request, Token);
        return response.StatusCode;
    }

    private Task<string> SyncAsync(ServedIndex service, string source) => PostAsync(service, "sync", new { source });

    private async Task<string> PostAsync(ServedIndex service, string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{service.Api}/{path}") { Content = JsonContent.Create(body) };
        request.Headers.Add("Prefer", "wait=60");
        using var response = await _client.SendAsync(request, Token);
        return await response.Content.ReadAsStringAsync(Token);
    }
}
