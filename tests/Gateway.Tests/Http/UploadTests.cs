using System.Text;
using Chitti.Domain;
using Chitti.Grains.Abstractions;
using Chitti.Imaging;
using Chitti.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Chitti.Gateway.Tests;

public sealed class UploadTests : IDisposable
{
    private const string Boundary = "part";

    // A header is enough: nothing is decoded here. 1 x 1 pixels, 24 bit.
    private static readonly byte[] _bitmap = Convert.FromHexString(
        "424D3A0000000000000036000000280000000100000001000000010018000000000004000000000000000000000000000000000000000000FF00");

    private readonly string _folder = Directory.CreateTempSubdirectory("chitti-upload-").FullName;
    private readonly FolderObjectStore _objects;
    private readonly IOptions<LimitOptions> _limits = Options.Create(new LimitOptions { MaxUploadBytes = 1_000 });

    public UploadTests() => _objects = new(new() { Root = _folder, ReserveBytes = 0 });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ReadAsync_FieldsBeforeAndAfterTheFiles_ReadsBoth()
    {
        await using var form = await ReadAsync(Field("part_id", "P-1") + File("a.bmp") + File("b.bmp") + Field("batch_id", "B 1"));

        Assert.Null(form.Problem);
        Assert.Equal(["a.bmp", "b.bmp"], form.Files.Select(file => file.Name));
        Assert.Equal(("P-1", "B 1"), (form.Field("part_id"), form.Field("batch_id")));
        Assert.All(form.Files, file => Assert.Equal((58L, 1, 1), (file.Size, file.Header.Width, file.Header.Height)));
    }

    public static TheoryData<string, int> Refused => new()
    {
        { "", 400 },
        { Field("part_id", "P-1"), 400 },
        { File("a.bmp", ""), 400 },
        { File("a.bmp") + File("b.bmp", ""), 400 },
        { File("a.jpg", "only text, whatever it is called"), 415 },
        { File("a.gif", "GIF89a and so on and so forth and so on"), 415 },
        { File("a.bmp", Bitmap + new string('x', 1_000)), 413 },
        { File("a.bmp") + Field("part_id", new string('x', 201)), 400 },
        { File("a.bmp") + Field("part_id", new string('x', 100_000)), 400 },
        { File("a.bmp") + Field("batch_id", "tab\there"), 400 },
        { File("a.bmp") + Field("profile_id", "../x"), 400 },
        { File("a.bmp") + Field("part_id", "a") + Field("part_id", "b"), 400 },
        { File("a.bmp") + Field("colour", "red"), 400 },
        { string.Concat(Enumerable.Repeat(File("a.bmp"), 101)), 400 },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task ReadAsync_BadPart_IsRefusedAndLeavesNothing(string parts, int status)
    {
        await using (var form = await ReadAsync(parts))
        {
            Assert.Equal(status, form.Problem?.StatusCode);
        }

        Assert.Empty(FilesLeft());
    }

    [Fact]
    public async Task ReadAsync_FieldOfTooManyBytes_SaysSo()
    {
        await using var form = await ReadAsync(Field("profile_id", new string('x', 1_001)));

        var problem = Assert.IsType<HttpValidationProblemDetails>(form.Problem!.ProblemDetails);
        Assert.Equal(["must be at most 1000 bytes"], problem.Errors["profile_id"]);
    }

    [Fact]
    public async Task ReadAsync_BodyEndsBeforeItsBoundary_ThrowsBadRequestAndLeavesNothing()
    {
        await Assert.ThrowsAsync<BadHttpRequestException>(() => ReadAsync(File("a.bmp"), end: ""));

        Assert.Empty(FilesLeft());
    }

    [Fact]
    public async Task Fingerprint_SameParts_IsEqualOnlyInTheSameOrder()
    {
        var (a, b, field) = (File("a.bmp"), File("b.bmp"), Field("part_id", "P-1"));

        Assert.Equal(await FingerprintAsync(a + b + field), await FingerprintAsync(field + a + b));
        Assert.NotEqual(await FingerprintAsync(a + b), await FingerprintAsync(b + a));
        Assert.NotEqual(await FingerprintAsync(a), await FingerprintAsync(a + field));
    }

    public static TheoryData<Exception> Definite => new(
        new InvalidDataException("No."), new OutageException(Outage.StorageFull, "No."), new OutageException(Outage.StorageReadOnly, "No."));

    [Theory]
    [MemberData(nameof(Definite))]
    public async Task AcceptAsync_RowsCannotBeStored_LeavesNoObject(Exception failure)
    {
        await using (var form = await ReadAsync(File("a.bmp") + File("b.bmp")))
        {
            var thrown = await Assert.ThrowsAnyAsync<Exception>(
                () => Intake(new() { Accept = _ => throw failure }).AcceptAsync(form, new("pcb", 1), null, CancellationToken.None));
            Assert.Same(failure, thrown);
        }

        Assert.Empty(FilesLeft());
    }

    [Fact]
    public async Task AcceptAsync_ConnectionLostWhileCommittingAndRowsAreThere_IsAccepted()
    {
        var store = new StoredFiles { Accept = _ => throw new OutageException(Outage.Database, "connection lost"), KeepRows = true };
        await using var form = await ReadAsync(File("a.bmp") + File("b.bmp"));

        var response = await Intake(store).AcceptAsync(form, new("pcb", 1), null, CancellationToken.None);

        Assert.Equal(store.Ids.Order(), response!.Items.Select(item => item.Id).Order());
        Assert.Equal(["metadata.json", "metadata.json", "original", "original"], FilesLeft().Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task AcceptAsync_ConnectionLostWhileCommittingAndRowsAreNotThere_IsRefusedAndKeepsTheObjectsForTheSweep()
    {
        var store = new StoredFiles { Accept = _ => throw new OutageException(Outage.Database, "connection lost") };
        await using (var form = await ReadAsync(File("a.bmp")))
        {
            await Assert.ThrowsAsync<OutageException>(() => Intake(store).AcceptAsync(form, new("pcb", 1), null, CancellationToken.None));
        }

        Assert.Equal(["metadata.json", "original"], FilesLeft().Select(Path.GetFileName).Order());
        Assert.Equal(0, store.Published);
    }

    [Fact]
    public async Task AcceptAsync_ClaimLostToAnotherCall_AcceptsNothingAndLeavesNoObject()
    {
        await using (var form = await ReadAsync(File("a.bmp")))
        {
            Assert.Null(await Intake(new() { Accept = _ => false }).AcceptAsync(form, new("pcb", 1), null, CancellationToken.None));
        }

        Assert.Empty(FilesLeft());
    }

    [Fact]
    public async Task AcceptAsync_OutboxCannotBeReached_IsAcceptedAndLeftToRecovery()
    {
        var store = new StoredFiles { KeepRows = true, Publish = () => throw new SiloUnavailableException("No silo.") };
        await using var form = await ReadAsync(File("a.bmp") + File("b.bmp"));

        var response = await Intake(store).AcceptAsync(form, new("pcb", 1), null, CancellationToken.None);

        Assert.Equal(2, response!.Items.Count);
        Assert.Equal(["metadata.json", "metadata.json", "original", "original"], FilesLeft().Select(Path.GetFileName).Order());
    }

    private FileIntake Intake(StoredFiles store)
    {
        var outbox = Fake.Of<IWorkOutboxGrain>((_, _) => store.PublishAsync());
        return new(
            _objects, Fake.Of<IFileStore>(store.Answer), Fake.Of<IGrainFactory>((_, _) => outbox), TimeProvider.System, NullLogger<FileIntake>.Instance);
    }

    /// <summary>A scripted database: which files it has, and which calls fail.</summary>
    private sealed class StoredFiles
    {
        public Func<IReadOnlyList<(Guid Id, FileMetadata Metadata)>, bool> Accept { get; init; } = _ => true;

        public Action Publish { get; init; } = () => { };

        public bool KeepRows { get; init; }

        public HashSet<Guid> Ids { get; } = [];

        public int Published { get; private set; }

        public object? Answer(string method, object?[] arguments)
        {
            if (method == nameof(IFileStore.FindAsync))
            {
                return Task.FromResult<IReadOnlySet<Guid>>(((IReadOnlyCollection<Guid>)arguments[0]!).Where(Ids.Contains).ToHashSet());
            }

            var files = (IReadOnlyList<(Guid Id, FileMetadata Metadata)>)arguments[0]!;
            if (KeepRows)
            {
                Ids.UnionWith(files.Select(file => file.Id));
            }

            try
            {
                return Task.FromResult(Accept(files));
            }
            catch (Exception exception)
            {
                return Task.FromException<bool>(exception);
            }
        }

        public Task PublishAsync()
        {
            Publish();
            Published++;
            return Task.CompletedTask;
        }
    }

    private async Task<string> FingerprintAsync(string parts)
    {
        await using var form = await ReadAsync(parts);
        Assert.Null(form.Problem);
        return form.Fingerprint();
    }

    private async Task<UploadForm> ReadAsync(string parts, string end = $"--{Boundary}--\r\n")
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = $"multipart/form-data; boundary={Boundary}";
        request.Body = new MemoryStream(Encoding.Latin1.GetBytes(parts + end));
        var form = new UploadForm();
        try
        {
            var stager = new PartStager(_objects, _limits, Options.Create(new ImageLimits()), Options.Create(new PixelBudgetOptions()));
            await new UploadReader(stager, _limits).ReadAsync(MultipartBody.Open(request)!, form, CancellationToken.None);
            return form;
        }
        catch
        {
            await form.DisposeAsync();
            throw;
        }
    }

    private static string Bitmap => Encoding.Latin1.GetString(_bitmap);

    private static string File(string name, string? content = null) =>
        $"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content ?? Bitmap}\r\n";

    private static string Field(string name, string value) =>
        $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n";

    private IEnumerable<string> FilesLeft() => Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories);
}
