using Xunit;

namespace Tidemark.Tests;

/// <summary>Tests that count what the process allocates run while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuresMemory
{
    public const string Name = "measures memory";
}
