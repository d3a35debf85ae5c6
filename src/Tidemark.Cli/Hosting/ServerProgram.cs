using System.Collections;
using System.Runtime.InteropServices;

namespace Tidemark.Cli.Hosting;

/// <summary>
/// The service's program, which lies beside the executable in a folder of its own. It runs on the .NET runtime: a service lives for weeks,
/// so what starts fast matters less than what serves fast.
/// </summary>
/// <param name="runtime">The path of <c>dotnet</c>.</param>
/// <param name="program">The path of the program.</param>
internal sealed partial class ServerProgram(string runtime, string program)
{
    private const string File = "tidemark-server.dll";

    /// <exception cref="TidemarkException">The program, or the runtime that it needs, is not there.</exception>
    public static ServerProgram Find(IDictionary environment)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "server", File);
        if (!System.IO.File.Exists(program))
        {
            throw new TidemarkException(
                ErrorCodes.Usage,
                $"the service's program '{program}' is not there",
                "install Tidemark as a whole: the folder 'server' belongs beside the executable");
        }

        return new ServerProgram(
            RuntimesOf(environment).FirstOrDefault(System.IO.File.Exists) ?? throw new TidemarkException(
                ErrorCodes.Usage,
                "the service needs the ASP.NET Core runtime 10, and there is no 'dotnet' on this machine",
                "install it: aspnetcore-runtime-10.0; or name its folder in DOTNET_ROOT"),
            program);
    }

    /// <summary>This process becomes the service, so that whoever supervises it supervises that.</summary>
    /// <returns>Why it could not.</returns>
    public TidemarkException Become()
    {
        var arguments = (string?[])[runtime, program, null];
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => $"{entry.Key}={entry.Value}").Append(null).ToArray();
        _ = Execute(runtime, arguments, variables);
        return new TidemarkException(
            ErrorCodes.Usage, $"'{runtime}' cannot be started: {Marshal.GetLastPInvokeErrorMessage()}", "check that it may be executed");
    }

    /// <summary>Where <c>dotnet</c> is by what the environment says, else where packages of distributions put it.</summary>
    private static IEnumerable<string> RuntimesOf(IDictionary environment)
    {
        if (environment["DOTNET_HOST_PATH"] is string { Length: > 0 } host)
        {
            yield return host;
        }

        string?[] folders =
        [
            environment["DOTNET_ROOT"] as string, .. (environment["PATH"] as string ?? "").Split(Path.PathSeparator),
            "/usr/share/dotnet", "/usr/lib/dotnet", "/usr/local/share/dotnet",
        ];
        foreach (var folder in folders.Where(folder => folder is not null && Path.IsPathFullyQualified(folder)))
        {
            yield return Path.Combine(folder!, "dotnet");
        }
    }

    [LibraryImport("libc", EntryPoint = "execve", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Execute(string path, string?[] arguments, string?[] variables);
}
