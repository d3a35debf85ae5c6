namespace Tidemark;

/// <summary>Opens a part of an index when it is first needed: its store, its model, its external indexes.</summary>
/// <param name="context">What there is to open it with.</param>
/// <param name="cancellationToken">Ends the attempt.</param>
public delegate ValueTask<T> Opening<T>(OpeningContext context, CancellationToken cancellationToken);
