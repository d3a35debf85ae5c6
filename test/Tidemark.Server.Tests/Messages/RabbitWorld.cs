using System.Text.Json.Nodes;
using RabbitMQ.Client;
using Tidemark.Conformance.Sources;
using Tidemark.Conformance.Syncing;
using Tidemark.Embedding;
using Tidemark.Server.Tests.Support;
using Tidemark.Service.Messages;
using Xunit;

namespace Tidemark.Server.Tests.Messages;

/// <summary>A queue of a real RabbitMQ in which somebody says what changes, with versions that count.</summary>
internal sealed class RabbitWorld : ChangeWorld
{
    private const ushort Prefetch = 50;

    private readonly string _queue = $"w_{Guid.NewGuid():n}";
    private readonly string _url;
    private readonly RunningService _service;
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly List<byte[]> _said = [];
    private long _version;

    private RabbitWorld(string url, RunningService service, IConnection connection, IChannel channel) =>
        (_url, _service, _connection, _channel) = (url, service, connection, channel);

    public override TidemarkIndex Index => _service.Index;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RabbitWorld> MakeAsync(string url, CountingGenerator model)
    {
        var service = await RunningService.StartAsync(
            new ServerOptions
            {
                CarriesOut = false,
                Hooks =
                [
                    new HookOptions
                    {
                        Name = "shop", TakesRequests = false,
                        Mapping = new HookMapping { Id = "shop/{/id}", Text = "/text", Version = "/v", Upsert = ["put"], Delete = ["gone"] },
                    },
                ],
            },
            index => index.UseEmbedder(new EmbeddingModel { Space = new EmbeddingSpace("counting:32", CountingGenerator.Dimensions), Generator = model }));
        var connection = await new ConnectionFactory { Uri = new Uri(url) }.CreateConnectionAsync(Token);
        var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Token);
        var world = new RabbitWorld(url, service, connection, channel);
        await channel.QueueDeclareAsync(world._queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: Token);
        return world;
    }

    public override string DocumentOf(string id) => $"shop/{id}";

    public override Task PutAsync(params IReadOnlyList<(string Id, string Text)> documents) =>
        SayAsync(documents.Select(one => new JsonObject { ["type"] = "put", ["id"] = one.Id, ["text"] = one.Text }));

    public override Task RemoveAsync(params IReadOnlyList<string> ids) => SayAsync(ids.Select(id => new JsonObject { ["type"] = "gone", ["id"] = id }));

    public override async Task<bool> SpoilAsync(string id)
    {
        await SayAsync([new JsonObject { ["type"] = "put", ["id"] = id }]);
        return true;
    }

    public override Task BringAsync() => RunAsync(new StoreIntake(_service.Events), async () => await _channel.MessageCountAsync(_queue, Token) == 0);

    public override Task BreakAsync(int changes)
    {
        var intake = new BreakingIntake(new StoreIntake(_service.Events), changes);
        return RunAsync(intake, async () => intake.IsBroken || await _channel.MessageCountAsync(_queue, Token) == 0);
    }

    /// <summary>All that was ever said, in another order.</summary>
    public override async Task RepeatAsync()
    {
        var again = _said.ToArray();
        new Random(1).Shuffle(again);
        await PublishAsync(again);
    }

    public override Task<bool> EmptyAsync() => Task.FromResult(false);

    public override Task<long> HeldAsync() => Task.FromResult(0L);

    public override Task AllowAsync() => Task.CompletedTask;

    public override async ValueTask DisposeAsync()
    {
        await _channel.QueueDeleteAsync(_queue, false, false, noWait: false, CancellationToken.None);
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
        await _service.DisposeAsync();
    }

    private Task SayAsync(IEnumerable<JsonObject> events)
    {
        List<byte[]> said = [.. events.Select(one =>
        {
            one["v"] = ++_version;
            return System.Text.Encoding.UTF8.GetBytes(one.ToJsonString());
        })];
        _said.AddRange(said);
        return PublishAsync(said);
    }

    private async Task PublishAsync(IReadOnlyList<byte[]> bodies)
    {
        foreach (var chunk in bodies.Chunk(200))
        {
            await Task.WhenAll(chunk.Select(body => _channel.BasicPublishAsync("", _queue, body, Token).AsTask()));
        }
    }

    /// <summary>What is in hand when it is stopped is finished, or goes back.</summary>
    private async Task RunAsync(IMessageIntake intake, Func<Task<bool>> isDone)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var session = new RabbitSession(
            new RabbitQueue("shop", new Uri(_url), _queue, Prefetch, "a broker"), intake, new RabbitPulse(Index, TimeProvider.System), TimeProvider.System, new RabbitLog(new HeardLog()));
        var running = session.RunAsync(stopping.Token);
        while (!await isDone())
        {
            await Task.Delay(5, Token);
        }

        await stopping.CancelAsync();
        await running;
        if (await _channel.MessageCountAsync(_queue, Token) > 0 && intake is StoreIntake)
        {
            await RunAsync(intake, isDone);
        }
    }

    /// <summary>Dies in the middle of what it was given.</summary>
    private sealed class BreakingIntake(IMessageIntake inner, int changes) : IMessageIntake
    {
        private int _left = changes;

        public bool IsBroken { get; private set; }

        public Task RequireReadyAsync(CancellationToken cancellationToken) => inner.RequireReadyAsync(cancellationToken);

        public async Task TakeAsync(string hook, IReadOnlyList<EventMessage> messages, CancellationToken cancellationToken)
        {
            var taken = messages.Take(_left).ToList();
            _left -= taken.Count;
            if (taken.Count > 0)
            {
                await inner.TakeAsync(hook, taken, cancellationToken);
            }

            if (taken.Count < messages.Count)
            {
                IsBroken = true;
                throw new TidemarkException(ErrorCodes.QueueFull, "it died", "start it again");
            }
        }
    }
}
