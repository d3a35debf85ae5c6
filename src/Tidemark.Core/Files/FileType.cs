namespace Tidemark.Files;

/// <summary>What stands under a name.</summary>
public enum FileType
{
    /// <summary>A regular file: it has an end, and reading it waits for nobody.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>A device, a pipe, a socket.</summary>
    Other,
}
