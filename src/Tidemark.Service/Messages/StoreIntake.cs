using Tidemark.Server;

namespace Tidemark.Service.Messages;

/// <summary>Into the queue of the service's store.</summary>
internal sealed class StoreIntake(EventIntake events) : IMessageIntake
{
    public Task RequireReadyAsync(CancellationToken cancellationToken) => events.RequireReadyAsync(cancellationToken);

    public Task TakeAsync(string hook, IReadOnlyList<EventMessage> messages, CancellationToken cancellationToken) => events.TakeAsync(hook, messages, cancellationToken);
}
