using System.Net.Security;
using RabbitMQ.Client;
using Tidemark.Server;

namespace Tidemark.Service.Messages;

/// <summary>
/// One connection to a broker, from its beginning to whatever ends it. A message is acknowledged when what was made of it is safe, and not before;
/// what was not is sent again by the broker, to whoever reads the queue then.
/// </summary>
internal sealed class RabbitSession(RabbitQueue queue, IMessageIntake intake, RabbitPulse pulse, TimeProvider clock, RabbitLog log)
{
    /// <summary>What is being written when the service is told to stop is waited for so long; then it is sent again.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);

    /// <summary>A queue is full for a moment where much arrives; who looks at the status hears of it when it lasts.</summary>
    private static readonly TimeSpan HeldPatience = TimeSpan.FromSeconds(10);

    /// <summary>Why messages have stayed in hand for long; null: they have not.</summary>
    private string? _trouble;

    /// <summary>Whether messages could be taken.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Until it is stopped, wherever it is then.</summary>
    /// <exception cref="TidemarkException">The store takes nothing, or the broker or its queue is away.</exception>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ConnectAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // It had not begun: what the broker has sent meanwhile goes back with the connection.
        }
    }

    private async Task ConnectAsync(CancellationToken stoppingToken)
    {
        // What is fetched and given back counts against the delivery limit of a queue, so nothing is fetched that nobody can take.
        await intake.RequireReadyAsync(stoppingToken);
        var factory = new ConnectionFactory
        {
            Uri = queue.Address,
            AutomaticRecoveryEnabled = false,
            ClientProvidedName = $"tidemark, hook {queue.Hook}",
            RequestedHeartbeat = TimeSpan.FromSeconds(20),
            RequestedConnectionTimeout = TimeSpan.FromSeconds(15),
            ContinuationTimeout = TimeSpan.FromSeconds(15),
        };
        if (factory.Ssl.Enabled)
        {
            // The client takes a certificate of any name where an address says 'amqps', unless it is told otherwise.
            (factory.Ssl.ServerName, factory.Ssl.AcceptablePolicyErrors) = (queue.Address.Host, SslPolicyErrors.None);
        }

        await using var connection = await factory.CreateConnectionAsync(stoppingToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: stoppingToken);
        await channel.QueueDeclarePassiveAsync(queue.Name, stoppingToken);
        await channel.BasicQosAsync(0, queue.Prefetch, global: false, stoppingToken);
        var inbox = new RabbitInbox(channel, queue);
        var consumer = await channel.BasicConsumeAsync(queue.Name, autoAck: false, inbox, stoppingToken);
        HasBegun = true;
        RabbitMetrics.Set(queue.Hook, isConnected: true);
        log.Begun(queue);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var beats = pulse.BeatAsync(queue, () => _trouble, ending.Token);
        try
        {
            await TakeAsync(channel, inbox, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await EndAsync(connection, channel, consumer);
        }
        finally
        {
            RabbitMetrics.Set(queue.Hook, isConnected: false);
            await ending.CancelAsync();
            await beats;
        }
    }

    /// <summary>All that has arrived at once, so that many are written in one transaction and acknowledged by one word.</summary>
    private async Task TakeAsync(IChannel channel, RabbitInbox inbox, CancellationToken stoppingToken)
    {
        var messages = new List<(ulong Tag, EventMessage Message)>(queue.Prefetch);
        while (await inbox.Arrived.WaitToReadAsync(stoppingToken))
        {
            var redelivered = 0;
            messages.Clear();
            while (messages.Count < queue.Prefetch && inbox.Arrived.TryRead(out var one))
            {
                messages.Add((one.Tag, one.Message));
                redelivered += one.IsRedelivered ? 1 : 0;
            }

            await PutAsync(channel, messages, stoppingToken);
            if (redelivered > 0)
            {
                RabbitMetrics.CountRedelivered(queue.Hook, redelivered);
            }
        }
    }

    /// <summary>
    /// Until they are safe, and acknowledged. What does not fit into the queue together goes in parts, down to one by one. While the store does not take them they
    /// stay in hand, and with the broker: it sends no more than the prefetch.
    /// </summary>
    /// <exception cref="Exception">The channel has ended meanwhile, and they are not ours any more.</exception>
    private async Task PutAsync(IChannel channel, List<(ulong Tag, EventMessage Message)> messages, CancellationToken stoppingToken)
    {
        var (rest, held, size) = (RabbitRest.First, clock.GetTimestamp(), messages.Count);
        while (messages.Count > 0)
        {
            var part = messages.GetRange(0, Math.Min(size, messages.Count));
            try
            {
                await WithPatienceAsync(intake.TakeAsync(queue.Hook, part.ConvertAll(one => one.Message), stoppingToken), stoppingToken);
                await channel.BasicAckAsync(part[^1].Tag, multiple: true, CancellationToken.None);
                messages.RemoveRange(0, part.Count);
                (rest, held, size) = (RabbitRest.First, clock.GetTimestamp(), size * 2);
                await TellAsync(trouble: null, stoppingToken);
                continue;
            }
            catch (TidemarkException full) when (full.Code == ErrorCodes.QueueFull && part.Count > 1 && channel.IsOpen)
            {
                size = part.Count / 2;
                continue;
            }
            catch (Exception e) when (e is not OperationCanceledException && channel.IsOpen)
            {
                // Whatever it is: given back, they would count down to where the broker drops them.
                log.Held(queue, messages.Count, e as TidemarkException ?? new TidemarkException(ErrorCodes.Internal, e.Message, "tell the project", e), rest);
                if (clock.GetElapsedTime(held) >= HeldPatience)
                {
                    await TellAsync(e.Message, stoppingToken);
                }
            }

            await Task.Delay(rest, clock, stoppingToken);
            (rest, size) = (RabbitRest.After(rest), messages.Count);
        }
    }

    private async Task TellAsync(string? trouble, CancellationToken stoppingToken)
    {
        if (_trouble != trouble)
        {
            _trouble = trouble;
            await pulse.SayAsync(queue, trouble, stoppingToken);
        }
    }

    /// <summary>What is being written is not broken off, and not waited for too long.</summary>
    private async Task WithPatienceAsync(Task work, CancellationToken stoppingToken)
    {
        using var limit = new CancellationTokenSource();
        await using var told = stoppingToken.Register(() => limit.CancelAfter(StopPatience));
        await work.WaitAsync(limit.Token);
    }

    /// <summary>No more is sent, and what is not acknowledged goes back.</summary>
    private async Task EndAsync(IConnection connection, IChannel channel, string consumer)
    {
        try
        {
            using var limit = new CancellationTokenSource(ClosePatience, clock);
            await channel.BasicCancelAsync(consumer, noWait: false, limit.Token);
            await channel.CloseAsync(limit.Token);
            await connection.CloseAsync(limit.Token);
        }
        catch (Exception e) when (RabbitErrors.IsTranslatable(e))
        {
            // It is gone already: the broker takes everything back by itself.
        }
    }
}
