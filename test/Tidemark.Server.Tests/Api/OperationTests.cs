using System.Net;
using System.Net.Http.Json;
using Shouldly;
using Tidemark.Documents;
using Tidemark.Server.Tests.Support;
using Tidemark.Sources;
using Xunit;

namespace Tidemark.Server.Tests.Api;

public sealed class OperationTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tidemark-service-docs-").FullName;
    private RunningService _service = null!;

    public async ValueTask InitializeAsync()
    {
        var records = Path.Combine(_folder, "records.jsonl");
        await File.WriteAllTextAsync(records, """{"id":"a","text":"A berth for a boat."}""" + "\n");
        _service = await RunningService.StartAsync(more: index => index.AddSource(_ => new JsonLinesSource(records, new JsonLinesOptions { Name = "records" })));
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_sync_goes_on_behind_its_answer_and_can_be_watched_to_its_end()
    {
        using var started = await _service.SendAsync(HttpMethod.Post, "sync", JsonContent.Create(new { }));
        var operation = await started.JsonAsync(HttpStatusCode.Accepted);

        using var events = await _service.SendAsync(HttpMethod.Get, $"events?operation={operation.Text("id")}");
        var told = await events.TextAsync();

        events.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        told.ShouldContain("event: end\ndata: {");
        var ended = await _service.GetAsync(started.Headers.Location!.ToString());
        ended.Text("state").ShouldBe("done");
        ended.GetProperty("result").GetProperty("documents").GetProperty("added").GetInt32().ShouldBe(1);
        (await _service.GetAsync("runs")).EnumerateArray().First().Text("command").ShouldBe("sync");
    }

    [Fact]
    public async Task Who_waits_gets_the_result_itself()
    {
        var planned = await _service.PostAsync("plan", new { }, HttpStatusCode.OK, ("Prefer", "wait=30"));
        planned.GetProperty("changes").GetArrayLength().ShouldBe(1);

        var synced = await _service.PostAsync("sync", new { }, HttpStatusCode.OK, ("Prefer", "wait=30"));
        synced.Text("outcome").ShouldBe("succeeded");

        var verified = await _service.PostAsync("verify", new { }, HttpStatusCode.OK, ("Prefer", "wait=30"));
        verified.GetProperty("inSync").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task What_nothing_needs_is_collected_and_more_is_done_where_it_is_asked_for()
    {
        var plain = await _service.PostAsync("gc", new { }, HttpStatusCode.OK, ("Prefer", "wait=30"));
        (plain.TryGetProperty("reindexed", out _), plain.TryGetProperty("size", out _)).ShouldBe((false, false));

        var more = await _service.PostAsync("gc", new { reindex = true, vacuum = true }, HttpStatusCode.OK, ("Prefer", "wait=30"));
        more.GetProperty("reindexed").GetInt32().ShouldBe(0, "nothing is dead");
        more.GetProperty("size").GetProperty("after").GetInt64().ShouldBePositive();
    }

    [Fact]
    public async Task What_fails_says_why()
    {
        using var failed = await _service.SendAsync(HttpMethod.Post, "migration/promote", JsonContent.Create(new { }), ("Prefer", "wait=30"));

        await failed.ProblemAsync(HttpStatusCode.NotFound, "namespace.missing");
        (await _service.GetAsync("operations")).EnumerateArray().First().Text("state").ShouldBe("failed");
    }

    [Fact]
    public async Task There_is_no_other_operation()
    {
        using var none = await _service.SendAsync(HttpMethod.Get, "operations/1-1");

        await none.ProblemAsync(HttpStatusCode.NotFound, "operation.missing");
    }

    [Fact]
    public async Task Without_a_source_a_store_is_compared_with_itself()
    {
        await using var service = await RunningService.StartAsync(new ServerOptions { Sources = names => names is null ? [] : throw new InvalidOperationException("nobody named one") });
        using var put = await service.PutAsync("a", "A berth for a boat.");
        await put.JsonAsync();

        (await service.PostAsync("verify", new { }, HttpStatusCode.OK, ("Prefer", "wait=30"))).GetProperty("inSync").GetBoolean().ShouldBeTrue();
        (await service.PostAsync("repair", new { }, HttpStatusCode.OK, ("Prefer", "wait=30"))).GetProperty("inSync").GetBoolean().ShouldBeTrue();
        using var sync = await service.SendAsync(HttpMethod.Post, "sync", JsonContent.Create(new { }), ("Prefer", "wait=30"));
        (await sync.ProblemAsync(HttpStatusCode.BadRequest, "usage")).Text("detail").ShouldContain("no source is configured");
    }
}
