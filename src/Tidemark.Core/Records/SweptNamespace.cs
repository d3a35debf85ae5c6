namespace Tidemark.Records;

/// <summary>A namespace of which a collection removes what is over.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Name">As it was given.</param>
/// <param name="Last">The last commit whose time is over: what ended no later than with it may go.</param>
public sealed record SweptNamespace(long Id, string Name, long Last);
