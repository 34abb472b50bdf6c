//! Every disk keeps the contract.

mod support;

use kinglet_storage::disk::{Disk, Fault, FaultDisk, MemoryDisk, NativeDisk, contract};
use support::{block_on, scratch_folder};

fn check(disk: &dyn Disk) {
    block_on(contract::run(disk)).unwrap();
}

#[test]
fn memory_disk_keeps_the_contract() {
    check(&MemoryDisk::new());
}

#[test]
fn native_disk_keeps_the_contract() {
    let folder = scratch_folder("contract");
    check(&NativeDisk::new(&folder));
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_fault_disk_without_faults_keeps_the_contract() {
    check(&FaultDisk::new(Fault::default()));
}

#[test]
fn a_disk_with_little_room_says_so_and_takes_what_fits() {
    for disk in [
        Box::new(MemoryDisk::with_capacity(10)) as Box<dyn Disk>,
        Box::new(FaultDisk::new(Fault { capacity: Some(10), ..Fault::default() })),
    ] {
        let file = block_on(disk.open("f", kinglet_storage::disk::OpenMode::Create)).unwrap();
        disk.write_at(file, 0, b"12345678").unwrap();
        let error = disk.write_at(file, 8, b"12345678").unwrap_err();
        assert_eq!(error.kind, kinglet_storage::disk::DiskErrorKind::Full);
        disk.write_at(file, 8, b"90").unwrap();
        disk.truncate(file, 1).unwrap();
        disk.write_at(file, 1, b"again").unwrap();
        assert_eq!(block_on(disk.space()).unwrap().used, 6);
    }
}
