using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Messages;

/// <summary>What goes wrong between the service and a broker: nothing is lost, it is told, and it goes on by itself.</summary>
public sealed class RabbitTroubleTests : IDisposable
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
    public async Task What_is_no_event_is_a_dead_letter_and_holds_nobody_up()
    {
        await using var broker = await RabbitBroker.OpenAsync();
        Configure(broker);
        await broker.PublishAsync([Put(1), "nonsense", """{"type":"put","v":1,"text":"without an id"}""", """{"type":"strange"}""", """{"type":"ping"}""", Put(2)]);
        await broker.PublishAsync([Put(3)], properties => properties.ContentEncoding = "gzip");
        await broker.PublishAsync([Put(4) + new string(' ', 3_000)], properties => properties.MessageId = "the large one");
        using var service = await ServedIndex.StartAsync(_work);

        await EmptyAsync(service, broker);

        var dead = (await _work.RunAsync("queue", "status", "--json")).ShouldExit(0).Json["deadLetters"]!.AsArray();
        dead.ShouldAllBe(one => (string)one!["code"]! == "event.unmapped");
        var messages = dead.Select(one => (string)one!["message"]!).ToList();
        foreach (var part in (string[])["no JSON", "'/id' is not there", "'strange'", "packed", "larger than 2000 bytes"])
        {
            messages.Count(message => message.Contains(part, StringComparison.Ordinal)).ShouldBe(1, $"{part}: {string.Join('\n', messages)}");
        }

        dead.Count.ShouldBe(5);
        dead.ShouldContain(one => ((string)one!["document"]!).StartsWith("webhook:shop/the large one@", StringComparison.Ordinal));
        await service.StopAsync();
        (await broker.ReadyAsync()).ShouldBe(0U, "each was acknowledged");
        _work.Documents(await _work.ExportAsync()).ShouldBe(["shop/1", "shop/2"]);
    }

    [Fact]
    public async Task A_queue_that_is_not_there_is_told_with_what_to_do_and_taken_when_it_is()
    {
        await using var broker = await RabbitBroker.OpenAsync(declares: false);
        Configure(broker);
        using var service = await ServedIndex.StartAsync(_work);
        (await _client.PutAsync($"{service.Api}/documents/other", new StringContent("Something else.", Encoding.UTF8, "text/plain"), Token)).EnsureSuccessStatusCode();
        await Awaiting.FactAsync("it is told", () => service.Process.ErrorsSoFar.Contains("[broker.setup]", StringComparison.Ordinal));

        service.Process.ErrorsSoFar.ShouldContain($"'{broker.Queue}' of amqp://");
        service.Process.ErrorsSoFar.ShouldContain("there is no such queue");
        service.Process.ErrorsSoFar.ShouldContain("declare it where its events are published");
        service.Process.ErrorsSoFar.ShouldNotContain("guest");
        await Awaiting.FactAsync("status says it", async () => (await _work.RunAsync("status", "--json")).Json["alerts"]!.ToJsonString().Contains("broker.trouble", StringComparison.Ordinal));
        (await _client.GetAsync($"{service.Address}/health/ready", Token)).EnsureSuccessStatusCode();
        await broker.DeclareAsync();
        await broker.PublishAsync([Put(1)]);
        await EmptyAsync(service, broker);
        await Awaiting.FactAsync("status says it no more", async () => !(await _work.RunAsync("status", "--json")).Json["alerts"]!.ToJsonString().Contains("broker.trouble", StringComparison.Ordinal));
        await service.StopAsync();
        _work.Documents(await _work.ExportAsync()).ShouldBe(["other", "shop/1"]);
    }

    [Theory]
    [InlineData("guest:pw-7d1f@", "", "it does not let this user in")]
    [InlineData("guest:guest@", "/no-such-host", "vhost no-such-host not found")]
    public async Task A_broker_that_does_not_let_us_in_is_told_without_its_secrets(string user, string host, string message)
    {
        await using var broker = await RabbitBroker.OpenAsync();
        Configure(broker);
        _work.Environment["AMQP_URL"] = broker.Url.Replace("guest:guest@", user, StringComparison.Ordinal) + host;
        using var service = await ServedIndex.StartAsync(_work);

        await Awaiting.FactAsync("it is told", () => service.Process.ErrorsSoFar.Contains("[broker.setup]", StringComparison.Ordinal));

        service.Process.ErrorsSoFar.ShouldContain(message);
        service.Process.ErrorsSoFar.ShouldNotContain("guest");
        service.Process.ErrorsSoFar.ShouldNotContain("pw-7d1f");
        await service.StopAsync();
        (await File.ReadAllBytesAsync(_work.PathOf(Workspace.Database), Token)).AsSpan().IndexOf("pw-7d1f"u8).ShouldBe(-1);
    }

    [Fact]
    public async Task A_broker_that_is_killed_in_the_middle_is_found_again_and_nothing_is_lost()
    {
        await using var broker = await RabbitBroker.StartAsync();
        Configure(broker);
        await broker.PublishAsync(Enumerable.Range(0, 6000).Select(Put));
        using var service = await ServedIndex.StartAsync(_work);
        await Awaiting.FactAsync("some were taken", async () => await broker.ReadyAsync() < 5000);

        await broker.KillAsync();
        await Awaiting.FactAsync("it is told", () => service.Process.ErrorsSoFar.Contains("[broker.unreachable]", StringComparison.Ordinal));
        await broker.ResumeAsync();
        await broker.PublishAsync([Put(6000)]);

        await EmptyAsync(service, broker);
        await service.StopAsync();
        (await broker.ReadyAsync()).ShouldBe(0U);
        _work.Documents(await _work.ExportAsync()).Count.ShouldBe(6001);
        service.Process.ErrorsSoFar.ShouldNotContain("guest:guest");
    }

    [Fact]
    public async Task A_store_that_is_away_keeps_messages_with_the_broker()
    {
        await using var broker = await RabbitBroker.OpenAsync();
        await using var store = await PostgresInstance.StartAsync();
        Configure(broker);
        _work.Environment["TIDEMARK__STORE"] = store.Url + "?schema=messages";
        using var service = await ServedIndex.StartAsync(_work);
        await broker.PublishAsync([Put(1)]);
        await EmptyAsync(service, broker);

        await store.KillAsync();
        await broker.PublishAsync(Enumerable.Range(2, 500).Select(Put));
        await Awaiting.FactAsync("it is told", () => service.Process.ErrorsSoFar.Contains("are not acknowledged, since the store does not take them", StringComparison.Ordinal));
        (await broker.ReadyAsync()).ShouldBeGreaterThanOrEqualTo(400U, "no more are in hand than the prefetch");
        await store.ResumeAsync();

        await EmptyAsync(service, broker);
        await service.StopAsync();
        _work.Documents(await _work.ExportAsync()).Count.ShouldBe(501);
    }

    [Fact]
    public async Task Told_to_stop_it_ends_in_time_and_gives_back_what_it_has_in_hand()
    {
        await using var broker = await RabbitBroker.OpenAsync();
        Configure(broker, more: """, "prefetch": 30""");
        _work.Environment["TIDEMARK__QUEUE__MAXPENDING"] = "50";
        _work.Environment["TIDEMARK__SERVER__WORKS"] = "false";
        await broker.PublishAsync(Enumerable.Range(0, 500).Select(Put));
        using var service = await ServedIndex.StartAsync(_work);
        await Awaiting.FactAsync("the queue is full", () => service.Process.ErrorsSoFar.Contains("[queue.full]", StringComparison.Ordinal));
        var queued = (int)JsonNode.Parse(await _client.GetStringAsync($"{service.Api}/queue", Token))!["pending"]!;
        await Awaiting.FactAsync("no more are in hand than the prefetch", async () => await broker.CountAsync() == (500 - queued - 30, 30));

        var watch = Stopwatch.StartNew();
        await service.StopAsync();

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        await Awaiting.FactAsync("the broker has them", async () => await broker.ReadyAsync() == (uint)(500 - queued));
        _work.Environment.Remove("TIDEMARK__QUEUE__MAXPENDING");
        _work.Environment.Remove("TIDEMARK__SERVER__WORKS");
        using var next = await ServedIndex.StartAsync(_work);
        await EmptyAsync(next, broker);
        await next.StopAsync();
        _work.Documents(await _work.ExportAsync()).Count.ShouldBe(500);
    }

    /// <summary>Ten in hand, and never more than three in the queue.</summary>
    [Fact]
    public async Task More_messages_than_the_queue_ever_holds_get_through_in_parts()
    {
        await using var broker = await RabbitBroker.OpenAsync();
        Configure(broker, more: """, "prefetch": 10""");
        _work.Environment["TIDEMARK__QUEUE__MAXPENDING"] = "3";
        await broker.PublishAsync(Enumerable.Range(0, 10).Select(Put));
        using var service = await ServedIndex.StartAsync(_work);

        await EmptyAsync(service, broker);

        await service.StopAsync();
        (await broker.ReadyAsync()).ShouldBe(0U);
        _work.Documents(await _work.ExportAsync()).Count.ShouldBe(10);
    }

    [Fact]
    public async Task A_queue_that_stays_full_is_an_alert_until_there_is_room()
    {
        await using var broker = await RabbitBroker.OpenAsync();
        Configure(broker, more: """, "prefetch": 10""");
        _work.Environment["TIDEMARK__QUEUE__MAXPENDING"] = "3";
        _work.Environment["TIDEMARK__SERVER__WORKS"] = "false";
        await broker.PublishAsync(Enumerable.Range(0, 5).Select(Put));
        using var service = await ServedIndex.StartAsync(_work);

        await Awaiting.FactAsync("status says it", async () => (await AlertsAsync()).Contains("no messages are taken for the hook 'shop': the queue", StringComparison.Ordinal));
        (await _work.RunAsync("worker", "--until-empty")).ShouldExit(0);

        await Awaiting.FactAsync("it is over", async () => await broker.IsEmptyAsync() && !(await AlertsAsync()).Contains("broker.trouble", StringComparison.Ordinal));
        await service.StopAsync();

        async Task<string> AlertsAsync() => (await _work.RunAsync("status", "--json")).Output;
    }

    [Fact]
    public async Task A_broker_of_a_folder_s_settings_is_asked_for_nobody_who_did_not_trust_it()
    {
        _work.Write("tidemark.json", """{"hooks":{"a":{"rabbitmq":"amqp://me:pw-7d1f@broker.example.org/","queue":"q","id":"/id","text":"/t","version":"/v"}}}""");
        using var refused = _work.Start("serve", "--listen", "http://127.0.0.1:0");

        var errors = (await refused.FinishAsync()).ShouldExit(2).Errors;

        errors.ShouldContain("hooks.a.rabbitmq");
        errors.ShouldContain("amqp://broker.example.org/  (the queue 'q')");
        errors.ShouldNotContain("pw-7d1f");
    }

    private void Configure(RabbitBroker broker, string more = "")
    {
        _work.Environment["TIDEMARK_TRUST"] = "1";
        _work.Environment["AMQP_URL"] = broker.Url;
        _work.Write("tidemark.json", $$"""
            { "hooks": { "shop": {
              "rabbitmq": "env:AMQP_URL", "queue": "{{broker.Queue}}", "maxBytes": 2000,
              "upsert": ["put"], "ignore": ["ping"], "id": "shop/{/id}", "text": "/text", "version": "/v"{{more}}
            } } }
            """);
    }

    private static string Put(int id) => $$"""{"type":"put","id":{{id}},"text":"The text of number {{id}}.","v":1}""";

    private async Task EmptyAsync(ServedIndex service, RabbitBroker broker)
    {
        await Awaiting.FactAsync("all was taken", broker.IsEmptyAsync);
        await Awaiting.FactAsync("all was carried out", async () =>
        {
            using var response = await _client.GetAsync($"{service.Api}/queue", Token);
            return response.IsSuccessStatusCode && JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))! is var queue
                && (long)queue["pending"]! == 0 && (long)queue["leased"]! == 0;
        });
    }
}
