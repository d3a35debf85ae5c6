namespace Tidemark.Files;

/// <summary>
/// Finds a program by its name where a shell would, in the folders of <c>PATH</c>, and nowhere else: the system's own search begins in the
/// working directory, where a program may lie that came with the documents.
/// </summary>
public static class ProgramPath
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <param name="program">A name, or an absolute path, which is what it is.</param>
    /// <param name="path">As the variable has it; entries that are no absolute folders are passed over.</param>
    /// <returns>Null: there is none.</returns>
    public static string? Find(string program, string? path)
    {
        if (Path.IsPathFullyQualified(program))
        {
            return program;
        }

        return (path ?? "").Split(Path.PathSeparator)
            .Where(Path.IsPathFullyQualified)
            .SelectMany(folder => Endings().Select(ending => Path.Combine(folder, program + ending)))
            .FirstOrDefault(IsProgram);
    }

    private static IEnumerable<string> Endings() => OperatingSystem.IsWindows()
        ? ["", .. (Environment.GetEnvironmentVariable("PATHEXT") ?? ".EXE;.CMD;.BAT").Split(';')]
        : [""];

    private static bool IsProgram(string file)
    {
        try
        {
            return File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & Executable) != UnixFileMode.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
