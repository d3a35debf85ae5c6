namespace Tidemark.Postgres.Maintenance;

/// <param name="Id">Its key.</param>
/// <param name="Name">As it was given.</param>
/// <param name="Last">The last commit whose time is over: what ended no later than with it may go.</param>
internal sealed record SweptNamespace(long Id, string Name, long Last);
