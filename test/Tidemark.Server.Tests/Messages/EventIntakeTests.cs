using System.Net;
using System.Text;
using Shouldly;
using Tidemark.Server.Tests.Support;
using Xunit;

namespace Tidemark.Server.Tests.Messages;

/// <summary>Events that came another way than over HTTP become what those of a request become.</summary>
public sealed class EventIntakeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_are_safe_when_it_ends_and_what_is_none_is_a_dead_letter()
    {
        await using var service = await StartAsync();

        var report = await service.Events.TakeAsync("shop", [Put(1, 2), Put(1, 1), Put(2, 1), Of("nonsense", "m9"), Of("""{"type":"other"}"""), new EventMessage(new byte[2_000])], Token);

        report.ShouldBe(new IntakeReport(Enqueued: 2, Outdated: 1, Forgotten: 0, Ignored: 1, Dead: 2));
        (await service.Index.Queue.CountAsync(cancellationToken: Token)).Pending.ShouldBe(4, "two changes, and two dead letters that a worker buries");
    }

    [Fact]
    public async Task What_comes_again_changes_nothing()
    {
        await using var service = await StartAsync();
        await service.Events.TakeAsync("shop", [Put(1, 1), Put(2, 1)], Token);

        (await service.Events.TakeAsync("shop", [Put(1, 1), Put(2, 1)], Token)).Dead.ShouldBe(0);

        (await service.Index.Queue.CountAsync(cancellationToken: Token)).Pending.ShouldBe(2);
    }

    [Fact]
    public async Task They_stand_in_the_audit_log_one_by_one_by_hook_and_never_by_a_document_s_id()
    {
        await using var service = await StartAsync();

        await service.Events.TakeAsync("shop", [Put(1, 2), Of("nonsense", "m9"), Of("""{"type":"other"}""")], Token);

        var entries = (await service.Index.Audit.ListAsync(cancellationToken: Token)).OrderBy(entry => entry.Status).ThenBy(entry => entry.Subject is null).ToList();
        entries.Select(entry => (entry.Action, entry.KeyId, entry.Namespace, entry.Status)).ShouldBe(
            [("takeMessage", "hook:shop", "default", 200), ("takeMessage", "hook:shop", "default", 202), ("takeMessage", "hook:shop", "default", 202)]);
        entries[1].Subject.ShouldBe(await service.Index.Audit.SubjectOfAsync("shop/1", Token));
        (entries[0].Subject, entries[2].Subject).ShouldBe((null, null));
        (await service.GetAsync("audit")).GetRawText().ShouldNotContain("shop/1");
    }

    /// <summary>They are acknowledged: whoever has no place of its own is nowhere any more.</summary>
    [Fact]
    public async Task Each_that_differs_has_a_dead_letter_of_its_own_and_the_same_one_takes_no_second_place()
    {
        await using var service = await StartAsync();
        EventMessage[] poison =
        [
            Of(new string('a', 2_000)), Of(new string('b', 2_000)), Of(new string('c', 2_000), "m1"), Of(new string('d', 2_000), "m1"),
            Of(""), Of("", "m1"), Of("") with { Headers = new Dictionary<string, string> { ["k"] = "1" } }, Of("") with { Headers = new Dictionary<string, string> { ["k"] = "2" } },
        ];

        (await service.Events.TakeAsync("shop", poison, Token)).Dead.ShouldBe(poison.Length);
        await service.Events.TakeAsync("shop", poison, Token);
        await service.Events.TakeAsync("shop", [Of("") with { Headers = new Dictionary<string, string> { ["k"] = "2", ["x-delivery-count"] = "7" } }], Token);

        (await service.Index.Queue.CountAsync(cancellationToken: Token)).Pending.ShouldBe(poison.Length);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"table":"orders"}""")]
    [InlineData("""{"table":"orders","lsn":7}""")]
    public async Task Rows_of_one_place_in_a_log_have_dead_letters_of_their_own(string source)
    {
        await using var service = await StartAsync();
        var poison = Enumerable.Range(1, 3).Select(id => Of($$$"""{"op":"c","source":{{{source}}},"after":{"wrong":{{{id}}}}}""")).ToList();

        await service.Events.TakeAsync("rows", poison, Token);
        await service.Events.TakeAsync("rows", poison, Token);

        (await service.Index.Queue.CountAsync(cancellationToken: Token)).Pending.ShouldBe(3);
    }

    [Fact]
    public async Task One_message_of_more_events_than_the_queue_holds_gets_in_by_and_by()
    {
        await using var service = await StartAsync(most: 2);
        var rows = Of("[" + string.Join(',', Enumerable.Range(1, 5).Select(id => $$$"""{"op":"c","source":{"table":"t","lsn":{{{id}}}},"after":{"id":{{{id}}},"text":"a"}}""")) + "]");

        (await Should.ThrowAsync<TidemarkException>(service.Events.TakeAsync("rows", [rows], Token))).Code.ShouldBe(ErrorCodes.QueueFull);

        (await service.Index.Queue.CountAsync(cancellationToken: Token)).Pending.ShouldBe(2, "what there is room for is there");
    }

    [Fact]
    public async Task Without_an_address_no_request_reaches_it()
    {
        await using var service = await StartAsync();
        using var body = new StringContent("""{"type":"put","id":1,"text":"a","v":1}""", Encoding.UTF8, "application/json");

        using var response = await service.SendAsync(HttpMethod.Post, "hooks/shop", body);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await service.Index.Queue.CountAsync(cancellationToken: Token)).Pending.ShouldBe(0);
    }

    [Fact]
    public async Task What_the_queue_has_no_room_for_is_not_taken_and_must_not_be_acknowledged()
    {
        await using var service = await StartAsync(most: 1);
        await service.Events.TakeAsync("shop", [Put(1, 1)], Token);

        (await Should.ThrowAsync<TidemarkException>(service.Events.TakeAsync("shop", [Put(2, 1)], Token))).Code.ShouldBe(ErrorCodes.QueueFull);
        (await Should.ThrowAsync<TidemarkException>(service.Events.TakeAsync("nobody", [Put(2, 1)], Token))).Code.ShouldBe(ErrorCodes.Usage);
    }

    private static Task<RunningService> StartAsync(long most = 1000) => RunningService.StartAsync(new ServerOptions
    {
        CarriesOut = false,
        MostWaiting = most,
        Hooks =
        [
            new HookOptions
            {
                Name = "shop", TakesRequests = false, MostBytes = 1_000,
                Mapping = new HookMapping { Id = "shop/{/id}", Text = "/text", Version = "/v", Upsert = ["put"], Ignore = ["*"] },
            },
            new HookOptions { Name = "rows", TakesRequests = false, Format = HookFormat.Debezium, Mapping = new HookMapping { Id = "rows/{/row/id}", Text = "/row/text" } },
        ],
    });

    private static EventMessage Put(int id, int version) => Of($$"""{"type":"put","id":{{id}},"text":"text {{version}}","v":{{version}}}""");

    private static EventMessage Of(string body, string? id = null) => new(Encoding.UTF8.GetBytes(body)) { Id = id };
}
