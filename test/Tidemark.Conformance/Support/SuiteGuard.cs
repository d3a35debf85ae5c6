using System.Reflection;

namespace Tidemark.Conformance.Support;

/// <summary>Finds the suites that an adapter's tests forgot to run.</summary>
public static class SuiteGuard
{
    /// <summary>Names of abstract suites of stores without a concrete class in <paramref name="tests"/> whose name has the prefix.</summary>
    public static IReadOnlyList<string> MissingIn(Assembly tests, string adapter, bool isModel = false) =>
    [
        .. typeof(SuiteGuard).Assembly.GetTypes()
            .Where(suite => suite.IsAbstract
                && (suite.IsSubclassOf(typeof(StoreConformance)) || suite.IsDefined(typeof(NotForTheModelAttribute)))
                && (!isModel || !suite.IsDefined(typeof(NotForTheModelAttribute)))
                && suite.Name.EndsWith("Conformance", StringComparison.Ordinal))
            .Where(suite => !tests.GetTypes().Any(test =>
                !test.IsAbstract && test.IsSubclassOf(suite) && test.Name.StartsWith(adapter, StringComparison.Ordinal)))
            .Select(suite => suite.Name),
    ];

    /// <summary>Public types of <paramref name="product"/> that are stores.</summary>
    public static IReadOnlyList<string> StoresIn(Assembly product) =>
    [
        .. product.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false, IsPublic: true }
                && type.IsAssignableTo(typeof(Tidemark.Indexing.ITidemarkStore)))
            .Select(type => type.Name),
    ];
}
