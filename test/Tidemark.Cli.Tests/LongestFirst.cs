using Tidemark.Cli.Tests;
using Tidemark.Cli.Tests.EndToEnd;
using Tidemark.Cli.Tests.EndToEnd.Installing;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Tidemark.Cli.Tests;

/// <summary>Classes that wait for minutes begin first, so that nobody waits for them alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long =
    [
        nameof(DeadWireTests), nameof(InstallTests), nameof(BusyServerTests), nameof(ProviderAbsenceTests), nameof(DeadWireStopTests),
        nameof(KillTests), nameof(StoreCopyTests), nameof(RandomHistoryTests),
    ];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Place(collection.TestCollectionDisplayName))];

    private static int Place(string name)
    {
        var place = Array.FindIndex(Long, known => name.Contains($".{known} ", StringComparison.Ordinal));
        return place < 0 ? Long.Length : place;
    }
}
