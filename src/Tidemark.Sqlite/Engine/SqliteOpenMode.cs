namespace Tidemark.Sqlite.Engine;

public enum SqliteOpenMode
{
    /// <summary>Sees committed states only and never changes one.</summary>
    Read,

    /// <summary>The file must exist.</summary>
    Write,

    /// <summary>Makes the file if there is none.</summary>
    Create,

    /// <summary>A database in memory that connections of this process share under its name.</summary>
    Memory,
}
