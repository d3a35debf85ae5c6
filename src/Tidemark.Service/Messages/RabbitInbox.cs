using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Tidemark.Server;

namespace Tidemark.Service.Messages;

/// <summary>Messages that the broker has sent, until somebody takes them: never more than the prefetch lets it send.</summary>
internal sealed class RabbitInbox(IChannel channel, RabbitQueue queue) : AsyncDefaultBasicConsumer(channel)
{
    private readonly Channel<(ulong Tag, bool IsRedelivered, EventMessage Message)> _arrived = System.Threading.Channels.Channel.CreateUnbounded<(ulong, bool, EventMessage)>(
        new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Ends with an exception when the broker sends no more.</summary>
    public ChannelReader<(ulong Tag, bool IsRedelivered, EventMessage Message)> Arrived => _arrived.Reader;

    public override Task HandleBasicDeliverAsync(
        string consumerTag,
        ulong deliveryTag,
        bool redelivered,
        string exchange,
        string routingKey,
        IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken = default)
    {
        _arrived.Writer.TryWrite((deliveryTag, redelivered, RabbitMessage.Of(properties, exchange, routingKey, body.ToArray())));
        return Task.CompletedTask;
    }

    /// <summary>The queue was deleted, or its node is gone.</summary>
    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        _arrived.Writer.TryComplete(RabbitErrors.Ended(queue, 0, "the broker ended it: the queue was deleted, or its node went away"));
        return base.HandleBasicCancelAsync(consumerTag, cancellationToken);
    }

    public override Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        _arrived.Writer.TryComplete(RabbitErrors.Ended(queue, reason.ReplyCode, reason.ReplyText));
        return base.HandleChannelShutdownAsync(channel, reason);
    }
}
