using Tidemark.Server;

namespace Tidemark.Service.Messages;

/// <summary>Where messages go before they are acknowledged.</summary>
internal interface IMessageIntake
{
    /// <exception cref="TidemarkException">Nothing is taken at the moment.</exception>
    Task RequireReadyAsync(CancellationToken cancellationToken);

    /// <summary>All of them are safe when this ends.</summary>
    /// <exception cref="TidemarkException">None of them may be acknowledged.</exception>
    Task TakeAsync(string hook, IReadOnlyList<EventMessage> messages, CancellationToken cancellationToken);
}
