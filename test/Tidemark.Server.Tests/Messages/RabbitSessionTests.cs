using System.Collections.Concurrent;
using System.Text;
using RabbitMQ.Client;
using Shouldly;
using Tidemark.Server.Tests.Support;
using Tidemark.Service.Messages;
using Xunit;

namespace Tidemark.Server.Tests.Messages;

/// <summary>Against a real broker, with a store that takes nothing: what is not safe stays with the broker. The control acknowledges at once, and loses.</summary>
public sealed class RabbitSessionTests : IAsyncDisposable
{
    private const string Variable = "TIDEMARK_TEST_RABBITMQ";
    private const int Messages = 60, Prefetch = 7;

    private readonly string _queue = $"t_{Guid.NewGuid():n}";
    private readonly string? _url = Environment.GetEnvironmentVariable(Variable);
    private readonly HeardLog _heard = new();
    private IConnection? _connection;
    private IChannel? _channel;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_channel is not null)
        {
            await _channel.QueueDeleteAsync(_queue, false, false, noWait: false, CancellationToken.None);
            await _channel.DisposeAsync();
            await _connection!.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_the_store_does_not_take_goes_back_to_the_broker()
    {
        await PublishAsync();
        await using var service = await StartAsync(most: 1);
        await service.Events.TakeAsync("shop", [Put(-1)], Token);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = Session(service).RunAsync(stopping.Token);
        await UntilAsync(() => Task.FromResult(_heard.Names.Contains("broker.held", StringComparer.Ordinal)));
        await stopping.CancelAsync();
        await running;

        (await _channel!.MessageCountAsync(_queue, Token)).ShouldBe((uint)Messages);
        (await service.Index.Queue.CountAsync(cancellationToken: Token)).Pending.ShouldBe(1);
    }

    /// <summary>The control: whoever says that messages are safe before they are loses them.</summary>
    [Fact]
    public async Task What_is_called_safe_before_it_is_in_the_store_is_lost()
    {
        await PublishAsync();
        await using var service = await StartAsync(most: 1);
        await service.Events.TakeAsync("shop", [Put(-1)], Token);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var hasty = new HastyIntake(new StoreIntake(service.Events));

        var running = Session(service, hasty).RunAsync(stopping.Token);
        await UntilAsync(async () => await _channel!.MessageCountAsync(_queue, Token) == 0);
        await stopping.CancelAsync();
        await running;
        await Should.ThrowAsync<TidemarkException>(() => Task.WhenAll(hasty.Late));

        (await _channel!.MessageCountAsync(_queue, Token)).ShouldBeLessThanOrEqualTo((uint)Prefetch, "what was in hand at the end may have gone back");
        (await service.Index.Queue.CountAsync(cancellationToken: Token)).Pending.ShouldBe(1);
    }

    [Fact]
    public async Task Never_more_than_the_prefetch_is_in_hand()
    {
        await PublishAsync();
        await using var service = await StartAsync(most: 1);
        await service.Events.TakeAsync("shop", [Put(-1)], Token);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = Session(service).RunAsync(stopping.Token);
        await UntilAsync(() => Task.FromResult(_heard.Names.Contains("broker.held", StringComparer.Ordinal)));
        await UntilAsync(async () => await _channel!.MessageCountAsync(_queue, Token) <= Messages - Prefetch);

        for (var i = 0; i < 50; i++)
        {
            (await _channel!.MessageCountAsync(_queue, Token)).ShouldBe((uint)(Messages - Prefetch));
        }

        await stopping.CancelAsync();
        await running;
    }

    /// <summary>A queue that drops what was given back more than once: what is tried again in hand was not given back.</summary>
    [Fact]
    public async Task While_the_store_takes_nothing_no_delivery_is_counted_against_the_limit_of_the_queue()
    {
        await PublishAsync(new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = 1 });
        await using var service = await StartAsync(most: Messages);
        await service.Events.TakeAsync("shop", [Put(-1)], Token);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = Session(service).RunAsync(stopping.Token);
        await UntilAsync(() => Task.FromResult(_heard.Names.Count(name => name == "broker.held") == 3));

        await service.Index.Queue.DropAsync(new DropOptions { All = true }, Token);

        // What was taken before the queue was full is dropped with what filled it.
        await UntilAsync(async () => await _channel!.MessageCountAsync(_queue, Token) == 0 && (await service.Index.Queue.CountAsync(cancellationToken: Token)).Pending > 0);
        await stopping.CancelAsync();
        await running;
        (await service.Index.Queue.ListAsync(state: null, cancellationToken: Token)).Select(change => change.Document).ShouldContain($"shop/{Messages - 1}");
        (await _channel!.MessageCountAsync(_queue, Token)).ShouldBe(0U);
    }

    [Fact]
    public async Task All_that_is_taken_is_acknowledged_and_what_is_sent_again_is_counted_and_changes_nothing()
    {
        await PublishAsync();
        await using var service = await StartAsync(most: 10_000);
        await RunUntilEmptyAsync(service);
        (await service.Index.Queue.CountAsync(cancellationToken: Token)).Pending.ShouldBe(Messages);

        await PublishAsync();
        await RunUntilEmptyAsync(service);

        (await service.Index.Queue.CountAsync(cancellationToken: Token)).Pending.ShouldBe(Messages);
        (await _channel!.MessageCountAsync(_queue, Token)).ShouldBe(0U);
    }

    [Fact]
    public async Task A_session_that_is_stopped_while_it_connects_ends_as_one_that_is_stopped_later()
    {
        await PublishAsync();
        await using var service = await StartAsync(most: Messages);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var session = Session(service, new StoppingIntake(stopping));

        await session.RunAsync(stopping.Token);

        session.HasBegun.ShouldBeFalse();
        (await _channel!.MessageCountAsync(_queue, Token)).ShouldBe((uint)Messages);
    }

    private async Task RunUntilEmptyAsync(RunningService service)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = Session(service).RunAsync(stopping.Token);
        await UntilAsync(async () => await _channel!.MessageCountAsync(_queue, Token) == 0
            && (await service.Index.Queue.CountAsync(cancellationToken: Token)).Pending == Messages);
        await stopping.CancelAsync();
        await running;
    }

    private RabbitSession Session(RunningService service, IMessageIntake? intake = null) => new(
        new RabbitQueue("shop", new Uri(_url!), _queue, Prefetch, "a broker"),
        intake ?? new StoreIntake(service.Events),
        new RabbitPulse(service.Index, TimeProvider.System),
        TimeProvider.System,
        new RabbitLog(_heard));

    private async Task PublishAsync(Dictionary<string, object?>? arguments = null)
    {
        Assert.SkipWhen(string.IsNullOrEmpty(_url), $"{Variable} is not set; eval \"$(eng/services start rabbitmq)\" sets it");
        _connection ??= await new ConnectionFactory { Uri = new Uri(_url!) }.CreateConnectionAsync(Token);
        _channel ??= await _connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Token);
        await _channel.QueueDeclareAsync(_queue, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: Token);
        for (var i = 0; i < Messages; i++)
        {
            await _channel.BasicPublishAsync("", _queue, Put(i).Body, Token);
        }
    }

    private static Task<RunningService> StartAsync(long most) => RunningService.StartAsync(new ServerOptions
    {
        CarriesOut = false,
        MostWaiting = most,
        Hooks =
        [
            new HookOptions
            {
                Name = "shop", TakesRequests = false, Mapping = new HookMapping { Id = "shop/{/id}", Text = "/text", Version = "/v" },
            },
        ],
    });

    private static EventMessage Put(int id) => new(Encoding.UTF8.GetBytes($$"""{"id":{{id}},"text":"text","v":1}"""));

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        while (!await isSo())
        {
            await Task.Delay(5, Token);
        }
    }

    /// <summary>The service is told to stop as soon as it has found that the store takes messages.</summary>
    private sealed class StoppingIntake(CancellationTokenSource stopping) : IMessageIntake
    {
        public Task RequireReadyAsync(CancellationToken cancellationToken) => stopping.CancelAsync();

        public Task TakeAsync(string hook, IReadOnlyList<EventMessage> messages, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("nothing was fetched");
    }

    /// <summary>Does not wait for the store.</summary>
    private sealed class HastyIntake(IMessageIntake inner) : IMessageIntake
    {
        public ConcurrentBag<Task> Late { get; } = [];

        public Task RequireReadyAsync(CancellationToken cancellationToken) => inner.RequireReadyAsync(cancellationToken);

        public Task TakeAsync(string hook, IReadOnlyList<EventMessage> messages, CancellationToken cancellationToken)
        {
            Late.Add(inner.TakeAsync(hook, [.. messages], cancellationToken));
            return Task.CompletedTask;
        }
    }
}
