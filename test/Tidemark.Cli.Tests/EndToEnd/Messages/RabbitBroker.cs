using System.Globalization;
using System.Text;
using RabbitMQ.Client;
using Xunit;

namespace Tidemark.Cli.Tests.EndToEnd.Messages;

/// <summary>A queue of a test's own in a real RabbitMQ, published to and counted from outside; it goes with the test.</summary>
internal sealed class RabbitBroker : IAsyncDisposable
{
    private const string Variable = "TIDEMARK_TEST_RABBITMQ";

    private readonly string? _instance;
    private IConnection? _connection;
    private IChannel? _channel;

    private RabbitBroker(string url, string? instance) => (Url, _instance) = (url, instance);

    public string Url { get; }

    /// <summary>Of the same broker, with TLS; null: it does not speak it.</summary>
    public string? SecureUrl { get; private init; }

    public string Queue { get; } = $"e2e_{Guid.NewGuid():n}";

    private IChannel Channel => _channel ?? throw new InvalidOperationException("It is not connected.");

    /// <param name="declares">Whether the queue is made.</param>
    public static async Task<RabbitBroker> OpenAsync(bool declares = true)
    {
        var broker = new RabbitBroker(Given(), instance: null);
        await broker.ConnectAsync();
        if (declares)
        {
            await broker.DeclareAsync();
        }

        return broker;
    }

    /// <summary>A broker of the test's own, to be killed and resumed.</summary>
    /// <param name="certificate">The folder of the one that it shows; null: it does not speak TLS.</param>
    public static async Task<RabbitBroker> StartAsync(string? certificate = null)
    {
        _ = Given();
        string[] call = certificate is null ? ["start", "rabbitmq"] : ["start", $"--certificate={certificate}", "rabbitmq"];
        var lines = await TestServices.RunAsync(call);
        var broker = new RabbitBroker(TestServices.Of(lines, Variable), TestServices.Of(lines, TestServices.Instance))
        {
            SecureUrl = certificate is null ? null : TestServices.Of(lines, Variable + "_TLS"),
        };
        await broker.ConnectAsync();
        await broker.DeclareAsync();
        return broker;
    }

    public async Task ConnectAsync()
    {
        _connection = await new ConnectionFactory { Uri = new Uri(Url), AutomaticRecoveryEnabled = false }.CreateConnectionAsync();
        _channel = await _connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
    }

    public Task DeclareAsync() => Channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false);

    /// <summary>All of it is safe with the broker when this ends.</summary>
    public async Task PublishAsync(IEnumerable<string> bodies, Action<BasicProperties>? configure = null)
    {
        var properties = new BasicProperties { Persistent = true, ContentType = "application/json" };
        configure?.Invoke(properties);
        foreach (var chunk in bodies.Chunk(200))
        {
            await Task.WhenAll(chunk.Select(body => Channel.BasicPublishAsync("", Queue, mandatory: true, properties, Encoding.UTF8.GetBytes(body)).AsTask()));
        }
    }

    /// <summary>Messages that nobody has in hand.</summary>
    public Task<uint> ReadyAsync() => Channel.MessageCountAsync(Queue);

    /// <summary>Also those that were sent to somebody who has not acknowledged them, as the broker itself says; it takes a second to ask.</summary>
    public async Task<(int Ready, int InHand)> CountAsync()
    {
        var lines = await TestServices.RunAsync("rabbitmqctl", Url, "list_queues", "name", "messages_ready", "messages_unacknowledged");
        var counts = lines.Split('\n').Single(line => line.StartsWith(Queue, StringComparison.Ordinal)).Split('\t', StringSplitOptions.TrimEntries);
        return (int.Parse(counts[1], CultureInfo.InvariantCulture), int.Parse(counts[2], CultureInfo.InvariantCulture));
    }

    /// <summary>All of them were acknowledged.</summary>
    public async Task<bool> IsEmptyAsync() => await ReadyAsync() == 0 && await CountAsync() == (0, 0);

    public async Task KillAsync()
    {
        await TestServices.RunAsync("kill", _instance!);
        await _channel!.DisposeAsync();
        await _connection!.DisposeAsync();
    }

    public async Task ResumeAsync()
    {
        await TestServices.RunAsync("resume", _instance!);
        await ConnectAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_instance is not null)
        {
            await TestServices.RunAsync("stop", _instance);
            return;
        }

        await Channel.QueueDeleteAsync(Queue, ifUnused: false, ifEmpty: false);
        await Channel.DisposeAsync();
        await _connection!.DisposeAsync();
    }

    private static string Given()
    {
        var url = Environment.GetEnvironmentVariable(Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(url), $"{Variable} is not set; eval \"$(eng/services start rabbitmq)\" sets it");
        return url!;
    }
}
