using System.Globalization;

namespace Tidemark.Cli.Tests.EndToEnd;

/// <summary>How long a test goes on and from which seed, where somebody says so in the environment.</summary>
internal static class TestNumber
{
    public static int Of(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
