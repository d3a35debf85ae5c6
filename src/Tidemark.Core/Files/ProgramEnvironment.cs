namespace Tidemark.Files;

/// <summary>
/// What a program gets to know of the environment: what it needs to be found, to speak the person's language and to find its own
/// parts. A list of what passes, because nobody can list every name that a secret may have.
/// </summary>
public static class ProgramEnvironment
{
    private static readonly HashSet<string> Passing = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TMP", "TEMP", "TERM",
        "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_CONFIG_DIRS", "XDG_DATA_HOME", "XDG_DATA_DIRS", "XDG_RUNTIME_DIR",
        "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "JAVA_HOME", "DOTNET_ROOT", "PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV",
        "CONDA_PREFIX", "NODE_PATH", "PERL5LIB", "RUBYLIB", "GEM_HOME", "GEM_PATH", "TESSDATA_PREFIX", "OMP_NUM_THREADS",
        "OMP_THREAD_LIMIT", "FONTCONFIG_PATH", "FONTCONFIG_FILE", "SYSTEMROOT", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE",
        "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "PROGRAMFILES", "PROGRAMFILES(X86)", "COMMONPROGRAMFILES",
    };

    /// <summary>Whether a program gets to know this variable.</summary>
    public static bool Passes(string variable) =>
        Passing.Contains(variable) || variable.StartsWith("LC_", StringComparison.OrdinalIgnoreCase);
}
