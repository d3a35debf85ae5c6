namespace Tidemark.Service;

/// <summary>How the service stops.</summary>
/// <param name="Grace">How long requests are taken after it was told to.</param>
/// <param name="HasSuccessor">Its sockets stay, and the next process takes whoever comes.</param>
/// <param name="Clock">Of the grace.</param>
internal sealed record ServiceStop(TimeSpan Grace, bool HasSuccessor, TimeProvider Clock)
{
    /// <summary>
    /// Connections that were taken by this process need a moment for their request; those that come later wait in the socket, so that it costs nothing.
    /// </summary>
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    public static ServiceStop Of(TimeSpan grace, bool hasSuccessor, TimeProvider clock) =>
        new(hasSuccessor && grace < Least ? Least : grace, hasSuccessor, clock);
}
