using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace Tidemark.Sqlite.Engine;

/// <summary>
/// The functions of SQLite that are used (https://sqlite.org/c3ref/funclist.html), by their own names without prefix.
/// Only numbers and addresses cross the border, so that a call needs no code that is made at run time. The library behind
/// it is chosen by <see cref="SqliteLibrary"/>, for this assembly alone: another SQLite in the same process, used by
/// somebody else, is not touched.
/// </summary>
internal static unsafe class NativeSqlite
{
    public const int Ok = 0;
    public const int Error = 1;
    public const int Row = 100;
    public const int Done = 101;
    public const int TypeNull = 5;
    public const int OpenReadOnly = 0x1;
    public const int OpenReadWrite = 0x2;
    public const int OpenCreate = 0x4;
    public const int OpenUri = 0x40;
    public const int OpenNoMutex = 0x8000;
    public const uint PreparePersistent = 0x1;

    /// <summary>SQLITE_FCNTL_PERSIST_WAL: whoever closes last leaves the log where it is.</summary>
    public const int ControlKeepLog = 10;

    /// <summary>For bind functions: SQLite copies the value before the call returns.</summary>
    public const nint Transient = -1;

    private const string Library = SqliteLibrary.BundledName;

    [DllImport(Library, EntryPoint = "sqlite3_open_v2")]
    public static extern int Open(byte* name, nint* database, int flags, byte* fileSystem);

    [DllImport(Library, EntryPoint = "sqlite3_close_v2")]
    public static extern int Close(nint database);

    [DllImport(Library, EntryPoint = "sqlite3_errmsg")]
    public static extern byte* ErrorMessage(nint database);

    /// <returns>1: the database may only be read, also where it was opened to be written.</returns>
    [DllImport(Library, EntryPoint = "sqlite3_db_readonly")]
    public static extern int IsReadOnly(nint database, byte* schema);

    /// <summary>The system's error number behind the last failure to open, read or write.</summary>
    [DllImport(Library, EntryPoint = "sqlite3_system_errno")]
    public static extern int SystemError(nint database);

    [DllImport(Library, EntryPoint = "sqlite3_file_control")]
    public static extern int FileControl(nint database, byte* schema, int operation, void* argument);

    [DllImport(Library, EntryPoint = "sqlite3_extended_result_codes")]
    public static extern int ExtendedResultCodes(nint database, int on);

    [DllImport(Library, EntryPoint = "sqlite3_busy_timeout")]
    public static extern int BusyTimeout(nint database, int milliseconds);

    [DllImport(Library, EntryPoint = "sqlite3_interrupt")]
    public static extern void Interrupt(nint database);

    [DllImport(Library, EntryPoint = "sqlite3_get_autocommit")]
    public static extern int GetAutocommit(nint database);

    [DllImport(Library, EntryPoint = "sqlite3_changes")]
    public static extern int Changes(nint database);

    [DllImport(Library, EntryPoint = "sqlite3_last_insert_rowid")]
    public static extern long LastInsertRowId(nint database);

    [DllImport(Library, EntryPoint = "sqlite3_prepare_v3")]
    public static extern int Prepare(nint database, byte* sql, int bytes, uint flags, nint* statement, byte** rest);

    [DllImport(Library, EntryPoint = "sqlite3_finalize")]
    public static extern int FinalizeStatement(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_step")]
    public static extern int Step(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_reset")]
    public static extern int Reset(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_clear_bindings")]
    public static extern int ClearBindings(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_bind_parameter_count")]
    public static extern int ParameterCount(nint statement);

    [DllImport(Library, EntryPoint = "sqlite3_bind_null")]
    public static extern int BindNull(nint statement, int parameter);

    [DllImport(Library, EntryPoint = "sqlite3_bind_int64")]
    public static extern int BindInt64(nint statement, int parameter, long value);

    [DllImport(Library, EntryPoint = "sqlite3_bind_double")]
    public static extern int BindDouble(nint statement, int parameter, double value);

    [DllImport(Library, EntryPoint = "sqlite3_bind_zeroblob")]
    public static extern int BindZeroBlob(nint statement, int parameter, int bytes);

    [DllImport(Library, EntryPoint = "sqlite3_bind_blob")]
    public static extern int BindBlob(nint statement, int parameter, byte* value, int bytes, nint lifetime);

    [DllImport(Library, EntryPoint = "sqlite3_bind_text")]
    public static extern int BindText(nint statement, int parameter, byte* value, int bytes, nint lifetime);

    [DllImport(Library, EntryPoint = "sqlite3_bind_pointer")]
    public static extern int BindPointer(nint statement, int parameter, void* value, byte* type, nint destroy);

    /// <summary>Of an argument of a function of ours.</summary>
    [DllImport(Library, EntryPoint = "sqlite3_value_blob")]
    public static extern byte* ValueBlob(nint value);

    [DllImport(Library, EntryPoint = "sqlite3_value_bytes")]
    public static extern int ValueBytes(nint value);

    [DllImport(Library, EntryPoint = "sqlite3_value_int64")]
    public static extern long ValueInt64(nint value);

    [DllImport(Library, EntryPoint = "sqlite3_value_text")]
    public static extern byte* ValueText(nint value);

    [DllImport(Library, EntryPoint = "sqlite3_create_function_v2")]
    public static extern int CreateFunction(
        nint database,
        byte* name,
        int arguments,
        int flags,
        void* data,
        delegate* unmanaged[Cdecl]<nint, int, nint*, void> function,
        void* step,
        void* final,
        void* destroy);

    [DllImport(Library, EntryPoint = "sqlite3_result_text")]
    public static extern void ResultText(nint context, byte* value, int bytes, nint lifetime);

    [DllImport(Library, EntryPoint = "sqlite3_result_double")]
    public static extern void ResultDouble(nint context, double value);

    [DllImport(Library, EntryPoint = "sqlite3_result_error_code")]
    public static extern void ResultErrorCode(nint context, int code);

    [DllImport(Library, EntryPoint = "sqlite3_column_type")]
    public static extern int ColumnType(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_column_int64")]
    public static extern long ColumnInt64(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_column_double")]
    public static extern double ColumnDouble(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_column_blob")]
    public static extern byte* ColumnBlob(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_column_bytes")]
    public static extern int ColumnBytes(nint statement, int column);

    [DllImport(Library, EntryPoint = "sqlite3_blob_open")]
    public static extern int BlobOpen(
        nint database, byte* schema, byte* table, byte* column, long rowId, int write, nint* blob);

    [DllImport(Library, EntryPoint = "sqlite3_blob_reopen")]
    public static extern int BlobReopen(nint blob, long rowId);

    [DllImport(Library, EntryPoint = "sqlite3_blob_bytes")]
    public static extern int BlobBytes(nint blob);

    [DllImport(Library, EntryPoint = "sqlite3_blob_read")]
    public static extern int BlobRead(nint blob, byte* destination, int bytes, int offset);

    [DllImport(Library, EntryPoint = "sqlite3_blob_write")]
    public static extern int BlobWrite(nint blob, byte* source, int bytes, int offset);

    [DllImport(Library, EntryPoint = "sqlite3_blob_close")]
    public static extern int BlobClose(nint blob);
}
