using Tidemark.Server.Hooks;
using Tidemark.Server.Http;

namespace Tidemark.Server;

/// <summary>
/// Takes events that came another way than over HTTP, by the hook of a name: mapped and put into the queue as those of a request are. Whoever reads them
/// from a broker acknowledges them when this has ended, and not before.
/// </summary>
public sealed class EventIntake
{
    private readonly ServedIndex _service;
    private readonly AuditTrail _audit;

    internal EventIntake(ServedIndex service, AuditTrail audit) => (_service, _audit) = (service, audit);

    /// <summary>Takes messages in the order in which they came. All of them are safe when this ends: in the queue, or among the dead letters.</summary>
    /// <param name="hook">One of <see cref="ServerOptions.Hooks"/>.</param>
    /// <param name="messages">Each holds an event, or several.</param>
    /// <param name="cancellationToken">Ends the wait for the store; what is being written is written.</param>
    /// <exception cref="TidemarkException">
    /// The queue is full, or the store does not take them: none of them may be acknowledged. What was put there already changes nothing when it comes again.
    /// </exception>
    public async Task<IntakeReport> TakeAsync(string hook, IReadOnlyList<EventMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return await new MessageDelivery(_service, _audit, Find(hook)).TakeAsync(messages, cancellationToken);
    }

    /// <summary>Whoever fetches messages asks this before, so that none is fetched that nobody can take.</summary>
    /// <exception cref="TidemarkException">The store does not take anything at the moment.</exception>
    public Task RequireReadyAsync(CancellationToken cancellationToken = default) => _service.Freshness.RequireWritableAsync(cancellationToken);

    private Hook Find(string name) => _service.Hooks.Find(name) ?? throw new TidemarkException(
        ErrorCodes.Usage, $"there is no hook '{name}'", "name one of 'hooks' in the service's configuration");
}
