namespace Tidemark.Serving;

/// <summary>What a key may do. Each scope includes those before it.</summary>
public enum AccessScope
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Searching, reading documents, looking at states and reports.</summary>
    Read = 1,

    /// <summary>Changing documents and starting runs.</summary>
    Write = 2,

    /// <summary>What cannot be taken back, and keys.</summary>
    Admin = 3,
}
