namespace Tidemark.Service.Messages;

/// <summary>A queue of a RabbitMQ whose messages are taken.</summary>
/// <param name="Hook">That makes documents of them.</param>
/// <param name="Address">Of the broker, with its secrets; never to be shown.</param>
/// <param name="Name">Of the queue.</param>
/// <param name="Prefetch">Messages that are in hand at most.</param>
/// <param name="Shown">The address without secrets.</param>
internal sealed record RabbitQueue(string Hook, Uri Address, string Name, ushort Prefetch, string Shown)
{
    /// <summary>For messages.</summary>
    public string Place => $"'{Name}' of {Shown}";

    /// <summary>Its address is no text.</summary>
    public override string ToString() => Place;
}
