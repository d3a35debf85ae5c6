using System.Runtime.CompilerServices;

namespace Tidemark.Tests.Sources;

/// <summary>With TIDEMARK_TEST_PORTABLE=1 all directories of these tests are walked as they are on systems other than Linux.</summary>
internal static class PortableSwitch
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("TIDEMARK_TEST_PORTABLE") == "1";

    [ModuleInitializer]
    internal static void Set() => AppContext.SetSwitch("Tidemark.PortableFileTree", IsOn);
}
