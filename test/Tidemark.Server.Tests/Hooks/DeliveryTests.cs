using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Shouldly;
using Tidemark.Queueing;
using Tidemark.Server.Tests.Support;
using Tidemark.Serving;
using Xunit;

namespace Tidemark.Server.Tests.Hooks;

/// <summary>Deliveries over HTTP, from the first byte to the index.</summary>
public sealed class DeliveryTests
{
    private static readonly HookMapping Mapping = new()
    {
        Id = "shop/{/data/id}",
        Text = "/data/name",
        Version = "/data/v",
        Upsert = ["product.put"],
        Delete = ["product.gone"],
        Ignore = ["ping"],
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_is_answered_when_it_is_queued_and_found_when_it_is_carried_out()
    {
        await using var service = await StartAsync();
        var sender = new Sender(service, "shop", Sender.Secret);

        var answer = await sender.SendAsync(Put(1, "A rope of ten metres.", 1));

        answer.GetRawText().ShouldBe("""{"hook":"shop","enqueued":1,"outdated":0,"forgotten":0,"ignored":0,"deadLetters":0,"repeated":false}""");
        await EmptyAsync(service);
        (await service.GetAsync("search?query=rope")).Documents("hits").ShouldBe(["shop/1"]);
        (await service.GetAsync("documents/shop/1")).Text("source").ShouldBe("shop");
        (await sender.SendAsync("""{"type":"product.gone","data":{"id":1,"v":2}}""")).GetProperty("enqueued").GetInt32().ShouldBe(1);
        await EmptyAsync(service);
        await service.GetAsync("documents/shop/1", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_order_of_versions_counts_and_never_that_of_arrival()
    {
        await using var service = await StartAsync();
        var sender = new Sender(service, "shop", Sender.Secret);

        foreach (var body in new[] { Put(1, "third", 3), Put(1, "first", 1), Put(1, "second", 2), """{"type":"product.gone","data":{"id":2,"v":9}}""", Put(2, "late", 8) })
        {
            using var response = await sender.PostAsync(body);
            ((int)response.StatusCode).ShouldBeInRange(200, 202, await response.TextAsync());
            await EmptyAsync(service);
        }

        (await service.Index.TextAsync("shop/1", cancellationToken: Token)).Text.ShouldBe("third");
        await service.GetAsync("documents/shop/2", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_older_than_what_waits_is_taken_and_changes_nothing()
    {
        await using var service = await StartAsync(works: false);
        var sender = new Sender(service, "shop", Sender.Secret);
        await sender.SendAsync(Put(1, "second", 2));

        (await sender.SendAsync(Put(1, "first", 1), HttpStatusCode.OK)).GetProperty("outdated").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Other_content_under_the_version_of_what_waits_is_a_dead_letter_and_no_failure_of_the_sender()
    {
        await using var service = await StartAsync(works: false);
        var sender = new Sender(service, "shop", Sender.Secret);
        await sender.SendAsync(Put(1, "first", 2));

        var answer = await sender.SendAsync(Put(1, "other", 2));

        answer.GetProperty("enqueued").GetInt32().ShouldBe(0, answer.ToString());
        answer.GetProperty("deadLetters").GetInt32().ShouldBe(1, answer.ToString());
    }

    [Fact]
    public async Task A_delivery_that_was_taken_is_not_taken_again_whoever_sends_it_whichever_server_it_reaches()
    {
        await using var service = await StartAsync(works: false);
        var sender = new Sender(service, "shop", Sender.Secret);
        using var first = await sender.PostAsync(Put(1, "text", 1), "msg_a");
        await first.JsonAsync(HttpStatusCode.Accepted);
        await service.Index.Queue.DropAsync(new DropOptions { All = true }, Token);

        using var again = await sender.PostAsync(Put(1, "text", 1), "msg_a");

        (await again.JsonAsync()).GetProperty("repeated").GetBoolean().ShouldBeTrue();
        (await service.Index.Queue.CountAsync(cancellationToken: Token)).Pending.ShouldBe(0);
        await using var other = await RunningService.StartAsync(new ServerOptions { CarriesOut = false, Hooks = [Hook()] }, index => index.UseSqlite(service.StoreFile));
        using var elsewhere = await new Sender(other, "shop", Sender.Secret).PostAsync(Put(1, "text", 1), "msg_a");
        (await elsewhere.JsonAsync()).GetProperty("repeated").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData("tampered", "hook.signature")]
    [InlineData("late", "hook.late")]
    [InlineData("ahead", "hook.late")]
    [InlineData("foreign", "hook.signature")]
    [InlineData("bare", "hook.signature")]
    public async Task What_cannot_be_believed_is_refused_and_leaves_no_trace(string how, string code)
    {
        await using var service = await StartAsync(works: false);
        var made = await service.Index.Keys.CreateAsync(new AccessKeyRequest { Name = "admin", Scope = AccessScope.Admin }, Token);
        var now = DateTimeOffset.UtcNow;
        using var refused = how switch
        {
            "tampered" => await new Sender(service, "shop", Sender.Secret).PostAsync(Put(1, "evil", 1), signedBody: Put(1, "good", 1)),
            "late" => await new Sender(service, "shop", Sender.Secret).PostAsync(Put(1, "text", 1), at: now.AddMinutes(-6)),
            "ahead" => await new Sender(service, "shop", Sender.Secret).PostAsync(Put(1, "text", 1), at: now.AddMinutes(6)),
            "foreign" => await new Sender(service, "shop", "whsec_" + Convert.ToBase64String(new byte[24])).PostAsync(Put(1, "text", 1)),
            _ => await service.SendAsync(HttpMethod.Post, "hooks/shop", Json(Put(1, "text", 1)), ("Authorization", $"Bearer {made.Token}")),
        };

        var problem = await refused.ProblemAsync(HttpStatusCode.Unauthorized, code);

        problem.GetRawText().ShouldNotContain(Sender.Secret[6..]);
        (await service.Index.Queue.CountAsync(cancellationToken: Token)).ShouldBe(QueueCounts.None);
        (await service.GetAsync("audit", HttpStatusCode.OK, ("Authorization", $"Bearer {made.Token}"))).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_of_a_body_is_parsed_before_it_is_believed()
    {
        await using var service = await StartAsync();

        using var refused = await new Sender(service, "shop", Sender.Secret).PostAsync("no JSON at all", signedBody: "other");

        await refused.ProblemAsync(HttpStatusCode.Unauthorized, "hook.signature");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_large_is_refused_whether_it_says_so_or_not(bool saysLength)
    {
        await using var service = await StartAsync();
        var body = new string(' ', 2_000);

        using var refused = await service.SendAsync(
            HttpMethod.Post, "hooks/small", saysLength ? Json(body) : new PushedContent(body, "application/json"), ("X-Hub-Signature-256", "sha256=" + new string('0', 64)));

        await refused.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "request.too-large");
    }

    [Fact]
    public async Task What_cannot_be_mapped_is_a_dead_letter_that_people_see_and_its_sender_need_not_send_again()
    {
        await using var service = await StartAsync();
        var sender = new Sender(service, "shop", Sender.Secret);

        using var response = await sender.PostAsync("""{"type":"product.put","data":{"name":"a secret of the sender"}}""", "msg_poison");

        (await response.JsonAsync(HttpStatusCode.Accepted)).GetProperty("deadLetters").GetInt32().ShouldBe(1);
        await EmptyAsync(service);
        var letter = (await service.GetAsync("queue")).GetProperty("deadLetters").EnumerateArray().ShouldHaveSingleItem();
        letter.Text("document").ShouldStartWith("webhook:shop/msg_poison@");
        letter.Text("code").ShouldBe("event.unmapped");
        letter.GetRawText().ShouldContain("'/data/id' is not there");
        letter.GetRawText().ShouldNotContain("a secret of the sender");
        using var page = await service.Client.GetAsync(new Uri(service.Address, "../queue"), Token);
        (await page.TextAsync()).ShouldContain("webhook:shop/msg_poison");

        // Where the mapping was corrected it may come again; meanwhile it takes no document's place.
        using var again = await sender.PostAsync("""{"type":"product.put","data":{"name":"a secret of the sender"}}""", "msg_poison");
        (await again.JsonAsync(HttpStatusCode.Accepted)).GetProperty("repeated").GetBoolean().ShouldBeFalse();
        await EmptyAsync(service);
        (await service.Index.Queue.ListAsync(cancellationToken: Token)).Count.ShouldBe(1);
        (await service.PostAsync("queue/retry", new { })).GetProperty("retried").GetInt32().ShouldBe(1);
        await EmptyAsync(service);
        (await service.Index.Queue.ListAsync(cancellationToken: Token)).Count.ShouldBe(1);

        using var other = await sender.PostAsync("""{"type":"product.put","data":{"name":"another one of the same name"}}""", "msg_poison");
        (await other.JsonAsync(HttpStatusCode.Accepted)).GetProperty("deadLetters").GetInt32().ShouldBe(1);
        await EmptyAsync(service);
        (await service.Index.Queue.ListAsync(cancellationToken: Token)).Count.ShouldBe(2, "what differs is not in one place");
    }

    [Theory]
    [InlineData("""{"type":"product.put","data":{"id":1,"name":"x","v":"not a number"}}""", "whole number")]
    [InlineData("""{"type":"product.put","data":{"id":1,"name":"x\u0000","v":1}}""", "NUL")]
    [InlineData("no JSON", "no JSON")]
    [InlineData("", "no JSON")]
    public async Task What_a_document_may_not_be_is_a_dead_letter_too(string body, string message)
    {
        await using var service = await StartAsync();

        await new Sender(service, "shop", Sender.Secret).SendAsync(body);

        await EmptyAsync(service);
        (await service.Index.Queue.ListAsync(cancellationToken: Token)).ShouldHaveSingleItem().Failure!.Message.ShouldContain(message);
    }

    [Fact]
    public async Task A_hook_without_a_signature_takes_a_key_that_may_write_where_it_may()
    {
        await using var service = await StartAsync();
        var write = await service.Index.Keys.CreateAsync(new AccessKeyRequest { Name = "write", Scope = AccessScope.Write, Namespaces = ["tenant-a"] }, Token);
        var read = await service.Index.Keys.CreateAsync(new AccessKeyRequest { Name = "read", Scope = AccessScope.Read }, Token);
        const string A = """{"id":1,"text":"x","v":1,"tenant":"a"}""", B = """{"id":1,"text":"x","v":1,"tenant":"b"}""";

        using var none = await service.SendAsync(HttpMethod.Post, "hooks/keyed", Json(A));
        await none.ProblemAsync(HttpStatusCode.Unauthorized, "access.key");
        using var weak = await service.SendAsync(HttpMethod.Post, "hooks/keyed", Json(A), ("Authorization", $"Bearer {read.Token}"));
        await weak.ProblemAsync(HttpStatusCode.Forbidden, "access.scope");
        using var good = await service.SendAsync(HttpMethod.Post, "hooks/keyed", Json(A), ("Authorization", $"Bearer {write.Token}"));
        await good.JsonAsync(HttpStatusCode.Accepted);
        using var foreign = await service.SendAsync(HttpMethod.Post, "hooks/keyed", Json(B), ("Authorization", $"Bearer {write.Token}"));
        await foreign.ProblemAsync(HttpStatusCode.Forbidden, "access.scope");
        (await service.Index.Queue.CountAsync("tenant-b", Token)).ShouldBe(QueueCounts.None);
    }

    [Fact]
    public async Task The_same_Idempotency_Key_is_taken_once()
    {
        await using var service = await StartAsync(works: false);
        for (var i = 0; i < 2; i++)
        {
            using var response = await service.SendAsync(HttpMethod.Post, "hooks/keyed", Json("""{"id":1,"text":"x","v":1,"tenant":"a"}"""), ("Idempotency-Key", "k"));
            (await response.JsonAsync(i == 0 ? HttpStatusCode.Accepted : HttpStatusCode.OK)).GetProperty("repeated").GetBoolean().ShouldBe(i > 0);
        }
    }

    [Fact]
    public async Task Deliveries_stand_in_the_audit_log_by_hook_and_never_by_a_document_s_id()
    {
        await using var service = await StartAsync();
        await new Sender(service, "shop", Sender.Secret).SendAsync(Put(1, "text", 1));

        var entry = (await service.GetAsync("audit")).EnumerateArray().ShouldHaveSingleItem();

        entry.Text("action").ShouldBe("deliverEvent");
        entry.Text("key").ShouldBe("hook:shop");
        entry.Text("subject").ShouldBe(await service.Index.Audit.SubjectOfAsync("shop/1", Token));
        entry.GetRawText().ShouldNotContain("shop/1");
    }

    [Fact]
    public async Task More_deliveries_than_a_hook_takes_are_refused_with_a_time_to_come_again()
    {
        await using var service = await StartAsync();
        var sender = new Sender(service, "slow", Sender.Secret);
        for (var i = 0; i < 2; i++)
        {
            using var taken = await sender.PostAsync("""{"type":"ping"}""");
            await taken.JsonAsync();
        }

        using var refused = await sender.PostAsync("""{"type":"ping"}""");

        await refused.ProblemAsync(HttpStatusCode.TooManyRequests, "access.limit");
        refused.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_queue_that_is_full_is_no_success()
    {
        await using var service = await RunningService.StartAsync(new ServerOptions { CarriesOut = false, MostWaiting = 1, Hooks = [Hook()] });
        var sender = new Sender(service, "shop", Sender.Secret);
        await sender.SendAsync(Put(1, "text", 1));

        using var refused = await sender.PostAsync(Put(2, "text", 1), "msg_full");
        await refused.ProblemAsync(HttpStatusCode.ServiceUnavailable, "queue.full");
        await service.Index.Queue.DropAsync(new DropOptions { All = true }, Token);

        using var again = await sender.PostAsync(Put(2, "text", 1), "msg_full");
        (await again.JsonAsync(HttpStatusCode.Accepted)).GetProperty("repeated").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Records_of_Debezium_that_differ_are_dead_letters_of_their_own()
    {
        await using var service = await StartAsync();
        string[] bodies = [.. Enumerable.Range(1, 3).SelectMany(id => (string[])[new string((char)('a' + id), 9_000), $$$"""{"op":"c","source":{"table":"t"},"after":{"id":{{{id}}},"text":"a"}}"""])];

        foreach (var body in (string[])[.. bodies, .. bodies])
        {
            using var response = await service.SendAsync(HttpMethod.Post, "hooks/db", Json(body));
            (await response.JsonAsync(HttpStatusCode.Accepted)).GetProperty("deadLetters").GetInt32().ShouldBe(1);
        }

        await EmptyAsync(service);
        (await service.GetAsync("queue")).GetProperty("deadLetters").EnumerateArray().Count().ShouldBe(6);
    }

    [Fact]
    public async Task Debezium_is_never_told_of_a_bad_record()
    {
        await using var service = await StartAsync();
        foreach (var body in new[] { "{", "4", """{"op":"t","source":{"table":"t"}}""", """{"op":"u","after":{"id":1},"source":{"lsn":1}}""", new string(' ', 5_000) + "{}", "\0" })
        {
            using var response = await service.SendAsync(HttpMethod.Post, "hooks/db", Json(body));
            (await response.JsonAsync(HttpStatusCode.Accepted)).GetProperty("deadLetters").GetInt32().ShouldBe(1, body);
        }

        using var tombstone = await service.SendAsync(HttpMethod.Post, "hooks/db", new ByteArrayContent([]));
        await tombstone.JsonAsync();
        await EmptyAsync(service);
        (await service.Index.Queue.ListAsync(cancellationToken: Token)).Count.ShouldBe(6);
    }

    [Fact]
    public async Task A_record_of_Debezium_that_is_too_large_is_believed_by_its_signature_alone()
    {
        await using var service = await StartAsync();
        var large = """{"op":"u","after":{"id":1,"text":"X"},"source":{"lsn":1}}""".Replace("X", new string('x', 50_000), StringComparison.Ordinal);

        using var signed = await new Sender(service, "signed-db", Sender.Secret).PostAsync(large);
        (await signed.JsonAsync(HttpStatusCode.Accepted)).GetProperty("deadLetters").GetInt32().ShouldBe(1);
        using var tampered = await new Sender(service, "signed-db", Sender.Secret).PostAsync(large, signedBody: large + " ");
        await tampered.ProblemAsync(HttpStatusCode.Unauthorized, "hook.signature");
    }

    [Fact]
    public async Task What_was_recorded_changes_nothing_also_where_nobody_remembers_it()
    {
        await using var service = await StartAsync();
        const string Old = """{"id":"a","text":"old","v":1}""", New = """{"id":"a","text":"new","v":2}""", Gone = """{"id":"a","v":3}""";
        foreach (var body in new[] { Old, New })
        {
            using var taken = await GitHubAsync(service, body, "put", "1");
            await taken.JsonAsync(HttpStatusCode.Accepted);
            await EmptyAsync(service);
        }

        foreach (var (body, kind, text) in new[] { (Old, "put", "new"), (Gone, "gone", null), (New, "put", null) })
        {
            await ForgetDeliveriesAsync(service);
            using var again = await GitHubAsync(service, body, kind, "another name");
            ((int)again.StatusCode).ShouldBeInRange(200, 202, await again.TextAsync());
            await EmptyAsync(service);
            using var found = await service.SendAsync(HttpMethod.Get, "documents/a?form=text");
            (found.IsSuccessStatusCode ? await found.TextAsync() : null).ShouldBe(text);
        }

        (await service.Index.Queue.ListAsync(cancellationToken: Token)).ShouldBeEmpty();
    }

    /// <summary>The name that GitHub sends along is not signed: whoever has recorded one delivery makes no second dead letter with it.</summary>
    [Fact]
    public async Task What_is_sent_again_under_another_name_is_one_dead_letter()
    {
        await using var service = await StartAsync();
        for (var i = 0; i < 3; i++)
        {
            using var taken = await GitHubAsync(service, """{"text":"nobody's"}""", "put", $"name {i}");
            (await taken.JsonAsync(HttpStatusCode.Accepted)).GetProperty("deadLetters").GetInt32().ShouldBe(1);
            await EmptyAsync(service);
        }

        (await service.Index.Queue.ListAsync(cancellationToken: Token)).ShouldHaveSingleItem().Failure!.Message.ShouldContain("(delivery 'name 2')");
    }

    [Fact]
    public async Task A_key_for_one_namespace_is_not_refused_for_an_event_that_names_none()
    {
        await using var service = await StartAsync();
        var write = await service.Index.Keys.CreateAsync(new AccessKeyRequest { Name = "write", Scope = AccessScope.Write, Namespaces = ["tenant-a"] }, Token);

        using var response = await service.SendAsync(HttpMethod.Post, "hooks/keyed", Json("""{"id":1,"text":"x","v":1}"""), ("Authorization", $"Bearer {write.Token}"));

        (await response.JsonAsync(HttpStatusCode.Accepted)).GetProperty("deadLetters").GetInt32().ShouldBe(1);
        (await service.Index.Queue.CountAsync("tenant-a", Token)).ShouldNotBe(QueueCounts.None);
        (await service.Index.Queue.CountAsync(cancellationToken: Token)).ShouldBe(QueueCounts.None);
    }

    [Fact]
    public async Task A_namespace_that_deletes_nothing_keeps_what_an_event_would_delete()
    {
        await using var service = await RunningService.StartAsync(new ServerOptions { Work = ["default"], Hooks = [Hook()] }, index => index.AppendOnly(["default"]));
        var sender = new Sender(service, "shop", Sender.Secret);
        await sender.SendAsync(Put(1, "text", 1));
        await EmptyAsync(service);

        (await sender.SendAsync("""{"type":"product.gone","data":{"id":1,"v":2}}""")).GetProperty("deadLetters").GetInt32().ShouldBe(1);

        await EmptyAsync(service);
        (await service.Index.TextAsync("shop/1", cancellationToken: Token)).Text.ShouldBe("text");
    }

    [Fact]
    public async Task Deliveries_are_counted_by_hook_and_by_what_became_of_them()
    {
        var counted = new ConcurrentBag<(string Hook, string Outcome)>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, self) => { if (instrument.Name == "tidemark.hook.deliveries") { self.EnableMeasurementEvents(instrument); } } };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => counted.Add(((string)tags[0].Value!, (string)tags[1].Value!)));
        listener.Start();
        await using var service = await RunningService.StartAsync(new ServerOptions { CarriesOut = false, Hooks = [Hook("counted")] });
        var sender = new Sender(service, "counted", Sender.Secret);
        foreach (var (body, id, signed) in new (string, string?, string?)[]
        {
            (Put(1, "text", 1), "msg_c", null), (Put(1, "text", 1), "msg_c", null), ("""{"type":"ping"}""", null, null), ("{", null, null), ("{}", null, "other"),
        })
        {
            using var response = await sender.PostAsync(body, id, signedBody: signed);
        }

        counted.Where(one => one.Hook == "counted").Select(one => one.Outcome).Order(StringComparer.Ordinal).ShouldBe(["dead", "ignored", "refused", "repeated", "taken"]);
    }

    [Theory]
    [InlineData("hooks/nobody", HttpStatusCode.NotFound, "hook.missing")]
    [InlineData("hooks/open?namespace=other", HttpStatusCode.BadRequest, "usage")]
    [InlineData("hooks/open?nonsense=1", HttpStatusCode.BadRequest, "usage")]
    public async Task What_is_asked_wrongly_is_told(string path, HttpStatusCode status, string code)
    {
        await using var service = await StartAsync();

        using var response = await service.SendAsync(HttpMethod.Post, path, Json("{}"));

        await response.ProblemAsync(status, code);
    }

    [Fact]
    public async Task A_packed_body_is_refused()
    {
        await using var service = await StartAsync();
        using var content = Json("{}");
        content.Headers.ContentEncoding.Add("gzip");

        using var response = await service.SendAsync(HttpMethod.Post, "hooks/open", content);

        await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "request.media-type");
    }

    [Fact]
    public async Task A_hook_that_checks_nobody_is_for_this_machine_alone()
    {
        await using (var service = await StartAsync())
        {
            using var taken = await service.SendAsync(HttpMethod.Post, "hooks/open", Json("""{"id":1,"text":"x","v":1}"""));
            await taken.JsonAsync(HttpStatusCode.Accepted);
        }

        var failure = await Should.ThrowAsync<TidemarkException>(() => RunningService.StartAsync(
            new ServerOptions { AllowAnonymous = true, Hooks = [new HookOptions { Name = "open", Signature = HookSignature.None, Mapping = Flat }] }, listen: "http://0.0.0.0:0"));
        failure.Code.ShouldBe(ErrorCodes.ConfigurationInvalid);
        failure.Message.ShouldContain("the hook 'open' checks no sender");
    }

    private static Task<HttpResponseMessage> GitHubAsync(RunningService service, string body, string kind, string name) => service.SendAsync(
        HttpMethod.Post,
        "hooks/github",
        Json(body),
        ("X-GitHub-Event", kind),
        ("X-GitHub-Delivery", name),
        ("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData("a secret that is long"u8, Encoding.UTF8.GetBytes(body)))));

    private static async Task ForgetDeliveriesAsync(RunningService service)
    {
        var entries = (await service.Index.OpenStoreAsync(Token)).ServiceEntries;
        foreach (var entry in await entries.ListAsync("hook-delivery", null, 100, Token))
        {
            (await entries.RemoveAsync(entry.Kind, entry.Key, Token)).ShouldBeTrue();
        }
    }

    private static HookMapping Flat { get; } = new() { Id = "/id", Text = "/text", Version = "/v" };

    private static HookOptions Hook(string name = "shop") => new() { Name = name, Signature = HookSignature.Standard, Secrets = [Sender.Secret], Mapping = Mapping, RequestsPerMinute = name == "slow" ? 2 : 0 };

    private static Task<RunningService> StartAsync(bool works = true) => RunningService.StartAsync(new ServerOptions
    {
        CarriesOut = works,
        Work = ["default"],
        Hooks =
        [
            Hook(), Hook("slow"),
            new HookOptions { Name = "github", Signature = HookSignature.GitHub, Secrets = ["a secret that is long"], Mapping = Flat with { Upsert = ["put"], Delete = ["gone"] } },
            new HookOptions { Name = "small", Signature = HookSignature.GitHub, Secrets = ["a secret that is long"], MostBytes = 1_000, Mapping = Flat },
            new HookOptions { Name = "keyed", Mapping = Flat with { Namespace = "tenant-{/tenant}" } },
            new HookOptions { Name = "open", Signature = HookSignature.None, Mapping = Flat },
            new HookOptions { Name = "db", Signature = HookSignature.None, Format = HookFormat.Debezium, MostBytes = 4_000, Mapping = new HookMapping { Id = "/row/id", Text = "/row/text" } },
            new HookOptions
            {
                Name = "signed-db", Signature = HookSignature.Standard, Secrets = [Sender.Secret], Format = HookFormat.Debezium, MostBytes = 4_000,
                Mapping = new HookMapping { Id = "/row/id", Text = "/row/text" },
            },
        ],
    });

    private static string Put(int id, string name, int version) => JsonSerializer.Serialize(new { type = "product.put", data = new { id, name, v = version } });

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    /// <summary>Until nothing waits and nobody has anything in hand.</summary>
    private static async Task EmptyAsync(RunningService service)
    {
        while (await service.Index.Queue.CountAsync(cancellationToken: Token) is not { Pending: 0, Leased: 0 })
        {
            await Task.Delay(10, Token);
        }
    }
}
