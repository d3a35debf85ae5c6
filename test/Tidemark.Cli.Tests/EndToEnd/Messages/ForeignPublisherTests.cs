using System.Diagnostics;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Messages;

/// <summary>Messages of a program that nobody here wrote (Debian's <c>amqp-publish</c>, of librabbitmq), with the hook that docs/rabbitmq.md shows and one of CloudEvents.</summary>
public sealed class ForeignPublisherTests : IDisposable
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
    public async Task What_it_publishes_is_found()
    {
        await using var broker = await RabbitBroker.OpenAsync();
        await using var events = await RabbitBroker.OpenAsync();
        var hooks = JsonNode.Parse(Page().Split("```json")[1].Split("```")[0])!["hooks"]!.DeepClone();
        hooks["shop"]!["queue"] = broker.Queue;
        hooks["events"] = new JsonObject
        {
            ["rabbitmq"] = "env:AMQP_URL",
            ["queue"] = events.Queue,
            ["format"] = "cloudevents",
            ["id"] = "pages/{/subject}",
            ["text"] = "/data/text",
            ["metadata"] = new JsonArray("by=/source", "key={header:amqp-exchange?}"),
            ["version"] = "/data/v",
        };
        _work.Environment["TIDEMARK_TRUST"] = "1";
        _work.Environment["AMQP_URL"] = broker.Url;
        _work.Write("tidemark.json", new JsonObject { ["hooks"] = hooks }.ToJsonString());
        using var service = await ServedIndex.StartAsync(_work);

        await PublishAsync(broker, "-b", """{"type":"product.put","id":7,"name":"A rope of ten metres","revision":1}""");
        await PublishAsync(broker, "-b", """{"type":"product.put","id":8,"name":"A sail","revision":1}""");
        await PublishAsync(broker, "-b", """{"type":"product.gone","id":8,"revision":2}""");
        await PublishAsync(
            events, "-C", "application/json", "-H", "cloudEvents_specversion: 1.0", "-H", "cloudEvents_id: 1", "-H", "cloudEvents_source: /foreign", "-H", "cloudEvents_type: put",
            "-H", "cloudEvents_subject: binary", "-b", """{"text":"A page in binary mode.","v":1}""");
        await PublishAsync(
            events, "-C", "application/cloudevents+json", "-b",
            """{"specversion":"1.0","id":"2","source":"/foreign","type":"put","subject":"structured","data":{"text":"A page in structured mode.","v":1}}""");

        await Awaiting.FactAsync("all was taken", async () => await broker.IsEmptyAsync() && await events.IsEmptyAsync());
        await Awaiting.FactAsync("all was carried out", async () =>
        {
            var queue = JsonNode.Parse(await _client.GetStringAsync($"{service.Api}/queue", Token))!;
            queue["deadLetters"]!.AsArray().ShouldBeEmpty(queue.ToJsonString());
            return (long)queue["pending"]! == 0 && (long)queue["leased"]! == 0;
        });
        var found = JsonNode.Parse(await _client.GetStringAsync($"{service.Api}/search?query=rope", Token))!["hits"]!.AsArray();
        ((string)found[0]!["document"]!).ShouldBe("shop/7");
        await service.StopAsync();
        _work.Documents(await _work.ExportAsync()).ShouldBe(["pages/binary", "pages/structured", "shop/7"]);
    }

    private static string Page() => File.ReadAllText(Path.Combine(TestServices.Root(), "docs", "rabbitmq.md"));

    private static async Task PublishAsync(RabbitBroker broker, params string[] arguments)
    {
        var root = Environment.GetEnvironmentVariable("TIDEMARK_SERVICES_ROOT")
            ?? Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "tidemark", "services");
        Assert.SkipUnless(File.Exists(Path.Combine(root, "usr", "bin", "amqp-publish")), "amqp-publish is not there: eng/services install brings it");
        var start = new ProcessStartInfo("chroot", [root, "amqp-publish", "--url", broker.Url, "-p", "-r", broker.Queue, .. arguments]) { RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        process.ExitCode.ShouldBe(0, errors);
    }
}
