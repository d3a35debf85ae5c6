using Tidemark.Postgres.Server;
using Xunit;

namespace Tidemark.Postgres.Tests;

/// <summary>Tests that look at what the whole server does, so that no other may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
