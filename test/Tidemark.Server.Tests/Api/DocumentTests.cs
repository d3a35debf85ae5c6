using System.Net;
using System.Text;
using Shouldly;
using Tidemark.Server.Tests.Support;
using Tidemark.Streaming;
using Xunit;

namespace Tidemark.Server.Tests.Api;

public sealed class DocumentTests : IAsyncLifetime
{
    private RunningService _service = null!;

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync();

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Fact]
    public async Task What_is_put_is_found_and_read_back()
    {
        using var put = await _service.PutAsync("guide/berths.md", "A berth for a boat.");

        (await put.JsonAsync()).Text("state").ShouldBe("done");
        var found = await _service.GetAsync("search?query=berth");
        found.Documents("hits").ShouldBe(["guide/berths.md"]);
        found.GetProperty("freshness").GetProperty("breached").GetBoolean().ShouldBeFalse();
        var read = await _service.GetAsync("documents/guide/berths.md");
        read.GetProperty("chunks")[0].Text("text").ShouldBe("A berth for a boat.");
        using var text = await _service.SendAsync(HttpMethod.Get, "documents/guide/berths.md?form=text");
        (await text.TextAsync()).ShouldBe("A berth for a boat.");
    }

    [Fact]
    public async Task Without_a_wish_to_wait_a_write_is_answered_as_soon_as_the_queue_has_it()
    {
        using var put = await _service.SendAsync(HttpMethod.Put, "documents/a", new StringContent("text", Encoding.UTF8, "text/plain"));

        (await put.JsonAsync(HttpStatusCode.Accepted)).Text("state").ShouldBe("queued");
        var place = put.Headers.Location!.ToString();
        while ((await _service.GetAsync(place)).Text("state") != "none")
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        (await _service.GetAsync("documents/a")).Text("document").ShouldBe("a");
    }

    [Theory]
    [InlineData("a/b/c.md")]
    [InlineData("a%2Fb")]
    [InlineData("100%")]
    [InlineData("with space?and#more")]
    [InlineData("ümläut/日本.md")]
    [InlineData("a..b/.hidden")]
    [InlineData("../../etc/passwd")]
    [InlineData("a//b")]
    public async Task An_id_is_what_was_sent_whatever_it_looks_like(string id)
    {
        using var put = await _service.PutAsync(id, "text");

        (await put.JsonAsync()).Text("document").ShouldBe(id);
        (await _service.GetAsync("documents?limit=10")).Documents("documents").ShouldBe([id]);
        (await _service.GetAsync($"documents/{Uri.EscapeDataString(id)}")).Text("document").ShouldBe(id);
    }

    [Fact]
    public async Task A_state_that_is_known_is_not_sent_again()
    {
        using var put = await _service.PutAsync("a", "text");
        var tag = put.Headers.ETag!.ToString();

        using var same = await _service.SendAsync(HttpMethod.Get, "documents/a", null, ("If-None-Match", tag));

        same.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task A_write_with_a_condition_that_does_not_hold_writes_nothing()
    {
        using var first = await _service.PutAsync("a", "one");
        var tag = first.Headers.ETag!.ToString();
        using var second = await _service.PutAsync("a", "two", ("If-Match", tag));
        await second.JsonAsync();

        using var late = await _service.PutAsync("a", "three", ("If-Match", tag));
        var problem = await late.ProblemAsync(HttpStatusCode.PreconditionFailed, "version.conflict");
        problem.Text("expected").ShouldContain("sequence");
        problem.GetProperty("actual").GetProperty("exists").GetBoolean().ShouldBeTrue();
        using var again = await _service.PutAsync("a", "four", ("If-None-Match", "*"));
        await again.ProblemAsync(HttpStatusCode.PreconditionFailed, "version.conflict");

        using var text = await _service.SendAsync(HttpMethod.Get, "documents/a?form=text");
        (await text.TextAsync()).ShouldBe("two");
    }

    [Theory]
    [InlineData("If-Match", "*")]
    [InlineData("If-Match", "\"abc\"")]
    [InlineData("If-Match", "\"1\", \"2\"")]
    [InlineData("If-None-Match", "\"1\"")]
    public async Task A_condition_that_cannot_be_checked_is_refused(string name, string value)
    {
        using var put = await _service.PutAsync("a", "text", (name, value));

        await put.ProblemAsync(HttpStatusCode.BadRequest, "usage");
    }

    [Fact]
    public async Task An_older_version_does_not_replace_a_newer_one()
    {
        using var newer = await _service.PutJsonAsync("a", new { text = "new", version = 7 });
        await newer.JsonAsync();

        using var older = await _service.PutJsonAsync("a", new { text = "old", version = 6 });

        await older.JsonAsync();
        using var text = await _service.SendAsync(HttpMethod.Get, "documents/a?form=text");
        (await text.TextAsync()).ShouldBe("new");
    }

    [Fact]
    public async Task What_is_deleted_is_in_no_answer_and_can_be_brought_back()
    {
        using var put = await _service.PutAsync("a", "A berth for a boat.");
        await put.JsonAsync();

        using var gone = await _service.SendAsync(HttpMethod.Delete, "documents/a", null, ("Prefer", "wait=30"));

        await gone.JsonAsync();
        using var missing = await _service.SendAsync(HttpMethod.Get, "documents/a");
        await missing.ProblemAsync(HttpStatusCode.NotFound, "document.missing");
        (await _service.GetAsync("archive")).EnumerateArray().Single().Text("document").ShouldBe("a");
        (await _service.PostAsync("restore", new { document = "a" }, HttpStatusCode.OK, ("Prefer", "wait=30"))).GetProperty("documents").GetInt32().ShouldBe(1);
        (await _service.GetAsync("search?query=berth")).Documents("hits").ShouldBe(["a"]);
    }

    [Fact]
    public async Task A_write_that_is_sent_again_with_its_key_is_answered_again_and_not_written_again()
    {
        using var first = await _service.PutAsync("a", "one", ("Idempotency-Key", "k1"));
        await first.JsonAsync();
        using var other = await _service.PutAsync("a", "two");
        await other.JsonAsync();

        using var again = await _service.PutAsync("a", "one", ("Idempotency-Key", "k1"));

        (await again.JsonAsync()).Text("state").ShouldBe("done");
        using var text = await _service.SendAsync(HttpMethod.Get, "documents/a?form=text");
        (await text.TextAsync()).ShouldBe("two");
        using var different = await _service.PutAsync("b", "one", ("Idempotency-Key", "k1"));
        await different.ProblemAsync(HttpStatusCode.UnprocessableEntity, "request.idempotency");
        using var otherText = await _service.PutAsync("a", "eno", ("Idempotency-Key", "k1"));
        await otherText.ProblemAsync(HttpStatusCode.UnprocessableEntity, "request.idempotency");
        using var otherCondition = await _service.PutAsync("a", "one", ("Idempotency-Key", "k1"), ("If-None-Match", "*"));
        await otherCondition.ProblemAsync(HttpStatusCode.UnprocessableEntity, "request.idempotency");
    }

    [Fact]
    public async Task Who_hung_up_and_sends_again_does_not_overwrite_what_others_wrote_in_between()
    {
        await using var service = await RunningService.StartAsync(new ServerOptions { CarriesOut = false });
        using var hangUp = new CancellationTokenSource();
        using var waiting = new HttpRequestMessage(HttpMethod.Put, "documents/a") { Content = new StringContent("mine", Encoding.UTF8, "text/plain") };
        waiting.Headers.Add("Prefer", "wait=60");
        waiting.Headers.Add("Idempotency-Key", "k1");
        var sent = service.Client.SendAsync(waiting, hangUp.Token);
        while ((await service.GetAsync("queue")).GetProperty("pending").GetInt32() == 0)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        await hangUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(sent);
        using var theirs = await service.SendAsync(HttpMethod.Put, "documents/a", new StringContent("theirs", Encoding.UTF8, "text/plain"));
        theirs.StatusCode.ShouldBe(HttpStatusCode.Accepted);

        using var again = await service.SendAsync(
            HttpMethod.Put, "documents/a", new StringContent("mine", Encoding.UTF8, "text/plain"), ("Idempotency-Key", "k1"));

        again.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await service.Index.RunWorkerAsync(new WorkerOptions { UntilEmpty = true }, TestContext.Current.CancellationToken);
        using var text = await service.SendAsync(HttpMethod.Get, "documents/a?form=text");
        (await text.TextAsync()).ShouldBe("theirs");
    }

    [Fact]
    public async Task An_answer_gives_no_sequence_of_what_somebody_else_wrote()
    {
        var texts = Enumerable.Range(0, 8).Select(i => $"text {i}").ToArray();
        var answers = await Task.WhenAll(texts.Select(async text =>
        {
            using var put = await _service.PutAsync("a", text);
            return await put.JsonAsync();
        }));

        answers.Where(answer => answer.TryGetProperty("sequence", out _)).Select(answer => answer.GetProperty("sequence").GetInt64()).ShouldBeUnique();
    }

    [Fact]
    public async Task A_request_that_waits_is_answered_when_the_server_stops()
    {
        await using var service = await RunningService.StartAsync(new ServerOptions { CarriesOut = false });
        var waiting = service.PutAsync("a", "text");
        while ((await service.GetAsync("queue")).GetProperty("pending").GetInt32() == 0)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        var stopped = service.BeginStop();

        using var answer = await waiting;
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await stopped;
    }

    [Fact]
    public async Task Many_namespaces_are_all_carried_out_and_hold_nobody_up()
    {
        for (var i = 0; i < 40; i++)
        {
            using var put = await _service.SendAsync(
                HttpMethod.Put, $"documents/a?namespace=n{i}", new StringContent("text", Encoding.UTF8, "text/plain"));
            put.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        using var own = await _service.PutAsync("a", "text");
        (await own.JsonAsync()).Text("state").ShouldBe("done");
        for (var i = 0; i < 40; i++)
        {
            while ((await _service.GetAsync($"queue/a?namespace=n{i}")).Text("state") != "none")
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
    }

    [Fact]
    public async Task A_write_that_failed_can_be_sent_again_with_its_key()
    {
        using var bad = await _service.PutJsonAsync("a", new { metadata = 1 }, ("Idempotency-Key", "k1"));
        ((int)bad.StatusCode).ShouldBeInRange(400, 499);

        using var good = await _service.PutJsonAsync("a", new { text = "one" }, ("Idempotency-Key", "k1"));

        await good.JsonAsync();
    }

    [Theory]
    [InlineData("application/json", "{", "usage", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "[]", "usage", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{\"text\":\"x\",\"id\":\"b\"}", "usage", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{\"id\":\"\\ud800\",\"text\":\"x\"}", "usage", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{\"\\ud800\":1,\"text\":\"x\"}", "usage", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{\"deleted\":true}", "usage", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{\"metadata\":{}}", "source.malformed", HttpStatusCode.UnprocessableEntity)]
    [InlineData("application/json", "{\"text\":\"\\ud800\"}", "usage", HttpStatusCode.BadRequest)]
    [InlineData("text/html", "<p>x</p>", "request.media-type", HttpStatusCode.UnsupportedMediaType)]
    public async Task A_body_that_is_no_document_is_refused_with_a_remedy(string type, string body, string code, HttpStatusCode status)
    {
        using var put = await _service.SendAsync(HttpMethod.Put, "documents/a", new StringContent(body, Encoding.UTF8, type));

        await put.ProblemAsync(status, code);
        (await _service.GetAsync("queue", HttpStatusCode.OK)).GetProperty("pending").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task A_document_beyond_the_limit_is_refused_before_it_is_read()
    {
        await using var small = await RunningService.StartAsync(new ServerOptions { MostDocumentBytes = 1_000 });

        using var told = await small.PutAsync("a", new string('x', 1_001));
        await told.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "request.too-large");
        using var chunked = await small.SendAsync(
            HttpMethod.Put, "documents/a", new PushedContent(new string('x', 1_001)), ("Transfer-Encoding", "chunked"));
        await chunked.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "request.too-large");
    }

    [Fact]
    public async Task A_listing_goes_on_where_its_cursor_says()
    {
        foreach (var id in new[] { "a", "b", "c", "d", "e" })
        {
            using var put = await _service.PutAsync(id, id);
            await put.JsonAsync();
        }

        var first = await _service.GetAsync("documents?limit=2");
        var second = await _service.GetAsync($"documents?limit=2&cursor={first.Text("next")}");
        var last = await _service.GetAsync($"documents?limit=2&cursor={second.Text("next")}");

        first.Documents("documents").Concat(second.Documents("documents")).Concat(last.Documents("documents")).ShouldBe(["a", "b", "c", "d", "e"]);
        last.TryGetProperty("next", out _).ShouldBeFalse();
        using var wrong = await _service.SendAsync(HttpMethod.Get, "documents?cursor=nonsense");
        await wrong.ProblemAsync(HttpStatusCode.BadRequest, "usage");
        using var stale = await _service.SendAsync(HttpMethod.Get, "documents?cursor=OTk6YQ");
        await stale.ProblemAsync(HttpStatusCode.Gone, "cursor.stale");
    }
}
